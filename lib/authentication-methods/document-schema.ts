import { z } from 'zod'
import { clientAuthentications } from '@/lib/domain/method-options/option-choices'
import {
  authenticationTypes,
  bodyFormats,
  httpMethods,
  inputKinds,
  parameterLocations,
  phaseKinds,
  type AuthenticationType,
} from '@/lib/domain/vocabulary'
import { withDefaults } from '@/lib/domain/field-list'
import { keysOf, label, line, text } from '@/lib/domain/text-schema'
import { source, statuses, variableKey } from '@/lib/domain/method-options/options-schema'
import { optionsSchemas } from '@/lib/domain/authentication/options-of-type'
import { methodDefaults, methodFields } from './fields'

/**
 * An authentication method as a document says it: by itself, or inside a connector. What is left out has the default of
 * its type, so that a short document says what is special about an API and nothing else.
 */

export const documentName = methodFields.name
const template = (longest: number) => text(longest).describe('Template: text with {{ variables }} and filters')

export const variableDocument = z
  .strictObject({
    key: variableKey.max(64).describe('How templates name it; case-sensitive'),
    displayName: label(120).min(1).optional().describe('Left out: the key'),
    helpText: text(4096).optional(),
    alias: line(200).optional().describe("The third party's name for it"),
    defaultValue: text(4096).optional().describe('Never on a secret variable'),
    required: z.boolean().optional(),
    configurable: z.boolean().optional().describe('Asked on an instance; default true'),
    advanced: z.boolean().optional().describe('Asked among the advanced settings'),
    secret: z.boolean().optional().describe('Sealed, write-only'),
    inputKind: z.enum(keysOf(inputKinds)).optional(),
    options: z
      .array(z.strictObject({ value: line(4096), label: line(200) }))
      .max(200)
      .optional()
      .describe('Of a select'),
    pattern: line(512).optional().describe('A safe regular expression (RE2) that the whole value must match'),
  })
  .meta({ id: 'Variable' })

export const parameterDocument = z.strictObject({
  in: z.enum(keysOf(parameterLocations)).describe('Where it is sent'),
  key: line(256).min(1).describe('Sent exactly as written'),
  value: template(4096).default(''),
  required: z
    .boolean()
    .default(true)
    .describe('Always sent; an optional one is left out where its variables have no value'),
  displayName: label(120).optional(),
  helpText: text(1000).optional(),
})

const methodParameter = parameterDocument
  .extend({
    sentWith: z
      .array(z.enum(keysOf(phaseKinds)))
      .min(1)
      .max(8)
      .describe('The requests that carry it'),
    steps: z
      .array(z.int().min(0).max(4))
      .max(5)
      .optional()
      .describe('Of phases of several requests: which of them, from 0; left out: all'),
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
    clientAuthentication: z
      .enum(keysOf(clientAuthentications))
      .optional()
      .describe('Left out: as the phase inherits it'),
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

const { options: _ofTheType, ...fields } = withDefaults(methodFields, methodDefaults)

const methodParts = {
  ...fields,
  variables: z
    .array(variableDocument)
    .max(100)
    .default([])
    .describe("By key: changes to the type's own variables, and further ones"),
  withoutVariables: z
    .array(variableKey.max(64))
    .max(20)
    .default([])
    .describe("Keys of the type's own variables that the method does not have"),
  uses: z.array(use).max(100).default([]).describe('Connector variables that the method asks for'),
  requests: requests.default({}),
  parameters: z.array(methodParameter).max(100).default([]),
}

/** For each type one schema: the type decides about the options. */
export function methodDocumentOf<Type extends AuthenticationType>(type: Type) {
  const options: z.ZodType<Record<string, unknown>> = optionsSchemas[type]
  return z.strictObject({
    ...methodParts,
    type: z.literal(type),
    options: options.prefault({}).describe('Those of the type; left out: its defaults'),
  })
}

const [firstType, ...otherTypes] = keysOf(authenticationTypes)
export const methodDocument = z.discriminatedUnion('type', [
  methodDocumentOf(firstType),
  ...otherTypes.map((type) => methodDocumentOf(type)),
])

export type MethodInDocument = z.output<typeof methodDocument>
/** As it is written, with what is left out. */
export type MethodInput = z.input<typeof methodDocument>
export type VariableFields = z.output<typeof variableDocument>
export type RequestFields = z.output<typeof request>
