import { z } from 'zod'
import { optionsSchemas, source, statuses, variableKey } from '@/lib/authentication-methods/options-schema'
import { clientAuthentications } from '@/lib/domain/authentication/options'
import {
  authenticationTypes,
  bodyFormats,
  directions,
  httpMethods,
  inputKinds,
  parameterPlaces,
  phaseKinds,
  rateLimitUnits,
  systemTypes,
  type AuthenticationType,
} from '@/lib/domain/vocabulary'
import { keysOf, line, linkField, text } from '@/lib/forms/text-schema'

/**
 * Connection documents: an authentication method, or a whole connector, as JSON or YAML, to be pasted, compared and
 * shared. They hold definitions only; no value of an instance ever stands in one. What a document leaves out has the
 * default of its type, so that a short document says what is special about an API and nothing else.
 */

/** Of the form, raised when an earlier document would be read differently. */
export const documentVersion = 1

const name = line(120).min(1, 'Enter a name.').describe('As people see it, unique in its parent')
const template = (longest: number) => text(longest).describe('Template: text with {{ variables }} and filters')

const variable = z
  .strictObject({
    key: variableKey.max(64).describe('How templates name it; case-sensitive'),
    displayName: line(120).min(1).optional().describe('Left out: the key'),
    helpText: text(4096).optional(),
    alias: line(200).optional().describe("The third party's name for it"),
    defaultValue: text(4096).optional().describe('Never on a secret variable'),
    required: z.boolean().optional(),
    configurable: z.boolean().optional().describe('Asked on an instance; default true'),
    advanced: z.boolean().optional().describe('Asked among the advanced settings'),
    secret: z.boolean().optional().describe('Sealed, write-only'),
    inputKind: z.enum(keysOf(inputKinds)).optional(),
    options: z.array(z.strictObject({ value: line(4096), label: line(200) })).max(200).optional().describe('Of a select'),
    pattern: line(512).optional().describe('A safe regular expression (RE2) that the whole value must match'),
  })
  .meta({ id: 'Variable' })

const parameter = z
  .strictObject({
    in: z.enum(keysOf(parameterPlaces)).describe('Where it is sent'),
    key: line(256).min(1).describe('Sent exactly as written'),
    value: template(4096).default(''),
    required: z.boolean().default(true).describe('Always sent; an optional one is left out where its variables have no value'),
    displayName: line(120).optional(),
    helpText: text(1000).optional(),
  })

const methodParameter = parameter
  .extend({
    sentWith: z.array(z.enum(keysOf(phaseKinds))).min(1).max(8).describe('The requests that carry it'),
    steps: z.array(z.int().min(0).max(4)).max(5).optional().describe('Of phases of several requests: which of them, from 0; left out: all'),
  })
  .meta({ id: 'MethodParameter' })

const successRule = z
  .strictObject({
    statuses: statuses.optional().describe('Accepted; left out: any 2xx'),
    jsonPath: line(512).optional().describe('Must exist in the answer'),
    rejectedStatuses: statuses.optional().describe('Beside 401 and 403'),
    rejectedPath: line(512).optional().describe('Means rejected where it exists …'),
    rejectedValue: line(512).optional().describe('… and has this value, if one is given'),
  })
  .meta({ id: 'SuccessRule' })

const request = z
  .strictObject({
    method: z.enum(httpMethods).optional(),
    url: line(2048).optional().describe('Template; whole, or relative to the base URL'),
    bodyFormat: z.enum(keysOf(bodyFormats)).optional(),
    body: text(65_536).optional().describe('Template of a whole body, where parameters are not enough'),
    clientAuthentication: z.enum(keysOf(clientAuthentications)).optional().describe('Left out: as the phase inherits it'),
    successRule: successRule.optional(),
    extract: z
      .array(z.strictObject({ variable: variableKey, path: source.min(1), secret: z.boolean().default(false) }))
      .max(20)
      .optional()
      .describe('Kept of the answer; later token requests name it {{ step1.variable }}'),
  })
  .meta({ id: 'Request' })

const several = (most: number) => z.union([request, z.array(request).min(1).max(most)])

/** The phases of DATA §4. Those that take several requests may be a list. */
const requests = z.strictObject({
  request_token: request.optional(),
  authorise: request.optional(),
  exchange: several(5).optional(),
  refresh: request.optional(),
  revoke: request.optional(),
  verify: several(3).optional(),
  after_connect: several(3).optional(),
})

/** A connector variable that the method uses, with the method's own flags. */
const use = z.strictObject({
  key: variableKey,
  required: z.boolean().default(false),
  configurable: z.boolean().default(true),
  advanced: z.boolean().default(false),
})

const methodFields = {
  name,
  timeoutSeconds: z.int().min(1).max(300).default(30),
  documentationUrl: linkField.default(''),
  variables: z.array(variable).max(100).default([]).describe("By key: changes to the type's own variables, and further ones"),
  uses: z.array(use).max(100).default([]).describe('Connector variables that the method asks for'),
  requests: requests.default({}),
  parameters: z.array(methodParameter).max(100).default([]),
}

function methodOf<Type extends AuthenticationType>(type: Type) {
  const options: z.ZodType<Record<string, unknown>> = optionsSchemas[type]
  return z.strictObject({ ...methodFields, type: z.literal(type), options: options.prefault({}).describe('Those of the type; left out: its defaults') })
}

const types = keysOf(authenticationTypes)
const [firstType, ...otherTypes] = types
const method = z.discriminatedUnion('type', [methodOf(firstType), ...otherTypes.map((type) => methodOf(type))])

const endpoint = z
  .strictObject({
    name,
    entityType: line(80).default(''),
    direction: z.enum(keysOf(directions)).default('receive'),
    method: z.enum(httpMethods).default('GET'),
    url: line(2048).min(1),
    bodyFormat: z.enum(keysOf(bodyFormats)).default('none'),
    body: text(65_536).default(''),
    dataPath: line(512).default('').describe('JSONPath of the records in the answer'),
    deprecated: z.boolean().default(false),
    variables: z.array(variable).max(100).default([]),
    parameters: z.array(parameter).max(200).default([]),
    accepts: z.array(name).max(50).default([]).describe('The methods that are switched on for it, by name'),
  })
  .meta({ id: 'Endpoint' })

const header = (kind: 'authentication_method' | 'connector') => ({
  $schema: z.string().max(2048).optional(),
  patchbay: z.literal(documentVersion).describe('The version of the form'),
  kind: z.literal(kind),
})

const methodDocuments = types.map((type) => methodOf(type).extend(header('authentication_method')))
const [firstDocument, ...otherDocuments] = methodDocuments as [(typeof methodDocuments)[number], ...typeof methodDocuments]
export const methodDocumentSchema = z.discriminatedUnion('type', [firstDocument, ...otherDocuments])

export const connectorDocumentSchema = z.strictObject({
  ...header('connector'),
  name,
  versionLabel: line(40).default(''),
  description: text(2000).default(''),
  systemType: z.enum(keysOf(systemTypes)).default('other'),
  baseUrl: line(2048).default('').describe('Template; endpoint URLs may be relative to it'),
  allowedHosts: z.array(line(255)).max(100).default([]).describe('What a URL variable, or an address learned from an answer, may name'),
  dateFormat: line(60).min(1).default('YYYY-MM-DD'),
  rateLimit: z.strictObject({ amount: z.int().min(1).max(1_000_000), per: z.enum(keysOf(rateLimitUnits)) }).nullable().default(null),
  documentationUrl: linkField.default(''),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i, 'Enter a colour as #rrggbb.').nullable().default(null),
  variables: z.array(variable).max(100).default([]),
  methods: z.array(method).max(50).default([]),
  endpoints: z.array(endpoint).max(2000).default([]),
})

export type MethodFields = z.output<typeof method>
export type MethodDocument = z.output<typeof methodDocumentSchema>
export type ConnectorDocument = z.output<typeof connectorDocumentSchema>
export type EndpointFields = z.output<typeof endpoint>
export type VariableFields = z.output<typeof variable>
export type RequestFields = z.output<typeof request>

/** JSON Schema (2020-12) of what may be written: for editors, and for whoever makes documents elsewhere. */
export function documentJsonSchema(): object {
  const schema = z.union([methodDocumentSchema, connectorDocumentSchema])
  return { title: 'Patchbay connection document', ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'ref' }) }
}

const documentText = z.string().min(1, 'Paste a connection document, or choose a file.').max(1_000_000, 'A connection document has at most 1,000,000 characters.')

/** `name` replaces that of the document, where the connector already has a method of that name. */
export const importMethodSchema = z.strictObject({ connectorId: z.uuid(), document: documentText, name: line(120).trim().default('') })
export type ImportMethod = z.infer<typeof importMethodSchema>

export const previewDocumentSchema = z.strictObject({ connectorId: z.uuid(), document: documentText })
export type PreviewDocument = z.infer<typeof previewDocumentSchema>

export const importConnectorSchema = z.strictObject({ document: documentText, name: line(120).trim().default('') })
export type ImportConnector = z.infer<typeof importConnectorSchema>
