import { z } from 'zod'
import { idOf, revisionField } from '@/lib/operations/input'
import {
  documentName,
  methodDocument,
  methodDocumentOf,
  parameterDocument,
  variableDocument,
} from '@/lib/authentication-methods/document-schema'
import { connectorParameterFields, mostSharedParameters } from '@/lib/connector-parameters/schema'
import { authenticationTypes, rateLimitUnits, systemTypes } from '@/lib/domain/vocabulary'
import { withDefaults } from '@/lib/domain/field-list'
import { anyText, keyField, keysOf, label, line, linkField, text } from '@/lib/domain/text-schema'
import { endpointDefaults, endpointFields } from '@/lib/endpoints/fields'
import { isDeep } from './is-deep'

/**
 * Connection documents: an authentication method or a whole connector as JSON or YAML, for pasting, comparing and
 * sharing. They contain only definitions, never an instance's values.
 */

/** The version of the format, raised when an earlier document would be read differently. */
export const methodDocumentVersion = 1

/** Since version 2 an endpoint names the methods that it accepts by their keys; version 1 named them by their names. */
export const connectorDocumentVersion = 2

const schemaName = label(200).min(1)

/** In levels: what compares and writes schemas is recursive. */
const mostSchemaDepth = 1_000

/** JSON Schema 2020-12. */
const jsonSchema = z
  .union([z.boolean(), z.record(z.string(), z.unknown())])
  .refine((schema) => !isDeep(schema, mostSchemaDepth), 'This schema is nested too deeply.')

const { httpMethod, ...writtenAlike } = withDefaults(endpointFields, endpointDefaults)

/** All fields of an endpoint, under their own names. Only the HTTP method is called `method`. */
const endpoint = z
  .strictObject({
    key: keyField.optional().describe('Identifies the endpoint in its connector; default: made of the name'),
    ...writtenAlike,
    method: httpMethod.default('GET'),
    variables: z.array(variableDocument).max(100).default([]),
    parameters: z.array(parameterDocument).max(200).default([]),
    accepts: z
      .array(documentName)
      .max(50)
      .default([])
      .describe('Keys of the methods that are enabled for it; in version 1 their names'),
    requestSchema: schemaName.nullable().default(null).describe('Name of the schema of its request body'),
    responseSchema: schemaName.nullable().default(null).describe('Name of the schema of its response'),
  })
  .meta({ id: 'Endpoint' })

/** Always sent, so it has no settings for filters or for fields of an instance. */
const sharedParameter = parameterDocument
  .pick({ key: true, value: true })
  .extend({ in: connectorParameterFields.place.describe('Where it is sent') })
  .meta({ id: 'ConnectorParameter' })

const header = <Version extends number, Kind extends 'authentication_method' | 'connector'>(
  versions: readonly [Version, ...Version[]],
  kind: Kind,
) => ({
  $schema: anyText(2048).optional(),
  patchbay: z.literal(versions).describe('The version of the format'),
  kind: z.literal(kind),
})

const methodDocuments = keysOf(authenticationTypes).map((type) =>
  methodDocumentOf(type).extend(header([methodDocumentVersion], 'authentication_method')),
)
const [firstDocument, ...otherDocuments] = methodDocuments as [
  (typeof methodDocuments)[number],
  ...typeof methodDocuments,
]
export const methodDocumentSchema = z.discriminatedUnion('type', [firstDocument, ...otherDocuments])

export const connectorDocumentSchema = z.strictObject({
  ...header([connectorDocumentVersion, 1], 'connector'),
  key: keyField.optional().describe('Identifies the connector in its workspace; default: made of the name'),
  name: documentName,
  versionLabel: line(40).default(''),
  description: text(2000).default(''),
  systemType: z.enum(keysOf(systemTypes)).default('other'),
  baseUrl: line(2048).default('').describe('Template; endpoint URLs may be relative to it'),
  allowedHosts: z
    .array(line(255))
    .max(100)
    .default([])
    .describe('Hosts that a URL variable, or a URL from a response, may name'),
  dateFormat: line(60).min(1).default('YYYY-MM-DD'),
  rateLimit: z
    .strictObject({ amount: z.int().min(1).max(1_000_000), per: z.enum(keysOf(rateLimitUnits)) })
    .nullable()
    .default(null),
  documentationUrl: linkField.default(''),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'Enter a colour as #rrggbb.')
    .nullable()
    .default(null),
  variables: z.array(variableDocument).max(100).default([]),
  parameters: z
    .array(sharedParameter)
    .max(mostSharedParameters)
    .default([])
    .describe('Sent with every endpoint request and test request; the same key on a method or endpoint wins'),
  methods: z.array(methodDocument).max(50).default([]),
  endpoints: z.array(endpoint).max(25_000).default([]),
  schemas: z
    .record(schemaName, jsonSchema)
    .default({})
    .describe('JSON Schemas (2020-12) of requests and responses by name; #/$defs/NAME in one refers to another'),
})

export type MethodDocument = z.output<typeof methodDocumentSchema>
export type ConnectorDocument = z.output<typeof connectorDocumentSchema>
/** One endpoint alone, for documents that are read and written piece by piece. */
export const endpointDocument = endpoint

export type EndpointInDocument = z.output<typeof endpoint>
export type EndpointInput = z.input<typeof endpoint>

/** The JSON Schema (2020-12) of documents, for editors and for tools that create documents. */
export function documentJsonSchema(): object {
  const schema = z.union([methodDocumentSchema, connectorDocumentSchema])
  return {
    title: 'Patchbay connection document',
    ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'ref' }),
  }
}

export const documentText = anyText(1_000_000, 'A connection document can have at most 1,000,000 characters.').min(
  1,
  'Paste a connection document, or choose a file.',
)

/** `name` replaces the name in the document, if the connector already has a method with that name. */
export const importMethodSchema = z.strictObject({
  connectorId: idOf('connector'),
  document: documentText,
  name: label(120).default(''),
})
export type ImportMethod = z.infer<typeof importMethodSchema>

/** `confirmed`: the person has confirmed that credentials go to another host. */
export const replaceMethodSchema = z.strictObject({
  connectorId: idOf('connector'),
  methodId: idOf('authentication_method'),
  revision: revisionField,
  document: documentText,
  confirmed: z.boolean().default(false),
})
export type ReplaceMethod = z.infer<typeof replaceMethodSchema>

export const previewDocumentSchema = z.strictObject({ connectorId: idOf('connector'), document: documentText })
export type PreviewDocument = z.infer<typeof previewDocumentSchema>

export const importConnectorSchema = z.strictObject({ document: documentText, name: label(120).default('') })
export type ImportConnector = z.infer<typeof importConnectorSchema>
