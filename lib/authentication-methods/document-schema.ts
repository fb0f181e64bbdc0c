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
import { keyField, keysOf, label, line, text } from '@/lib/domain/text-schema'
import { source, statuses, variableKey } from '@/lib/domain/method-options/options-schema'
import { optionsSchemas } from '@/lib/domain/authentication/options-of-type'
import { methodFields } from './fields'
import { methodDefaults } from './method-defaults'

/**
 * An authentication method in a document: on its own, or inside a connector. Omitted fields have the default of the
 * type, so a document only contains what is special about an API.
 */

export const documentName = methodFields.name
const template = (longest: number) => text(longest).describe('Template: text with {{ variables }} and filters')

export const variableDocument = z
  .strictObject({
    key: variableKey.max(64).describe('The name in templates; case-sensitive'),
    displayName: label(120).min(1).optional().describe('Default: the key'),
    helpText: text(4096).optional(),
    alias: line(200).optional().describe("The third party's name for it"),
    defaultValue: text(4096).optional().describe('Not allowed for a secret variable'),
    required: z.boolean().optional(),
    configurable: z.boolean().optional().describe('Shown in the instance form; default: true'),
    advanced: z.boolean().optional().describe('Shown under the advanced settings'),
    secret: z.boolean().optional().describe('Sealed, write-only'),
    inputKind: z.enum(keysOf(inputKinds)).optional(),
    options: z
      .array(z.strictObject({ value: line(4096), label: line(200) }))
      .max(200)
      .optional()
      .describe('Choices of a select'),
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
    .describe('Always sent; an optional parameter is omitted if its variables have no value'),
  displayName: label(120).optional(),
  helpText: text(1000).optional(),
})

const methodParameter = parameterDocument
  .extend({
    sentWith: z
      .array(z.enum(keysOf(phaseKinds)))
      .min(1)
      .max(8)
      .describe('The requests that it is sent with'),
    steps: z
      .array(z.int().min(0).max(4))
      .max(5)
      .optional()
      .describe('For phases with several requests: their indexes, from 0; default: all'),
  })
  .meta({ id: 'MethodParameter' })

const successRule = z
  .strictObject({
    statuses: statuses.optional().describe('Accepted statuses; default: any 2xx'),
    jsonPath: line(512).optional().describe('Must exist in the response'),
    rejectedStatuses: statuses.optional().describe('In addition to 401 and 403'),
    rejectedPath: line(512).optional().describe('Treated as rejected if this path exists …'),
    rejectedValue: line(512).optional().describe('… and equals this value, if one is given'),
  })
  .meta({ id: 'SuccessRule' })

const request = z
  .strictObject({
    method: z.enum(httpMethods).optional(),
    url: line(2048).optional().describe('Template; absolute, or relative to the base URL'),
    bodyFormat: z.enum(keysOf(bodyFormats)).optional(),
    body: text(65_536).optional().describe('Template of the whole body, if parameters are not enough'),
    clientAuthentication: z.enum(keysOf(clientAuthentications)).optional().describe('Default: inherited'),
    successRule: successRule.optional(),
    extract: z
      .array(z.strictObject({ variable: variableKey, path: source.min(1), secret: z.boolean().default(false) }))
      .max(20)
      .optional()
      .describe('Values stored from the response; later token requests use them as {{ step1.variable }}'),
  })
  .meta({ id: 'Request' })

const several = (most: number) => z.union([request, z.array(request).min(1).max(most)])

/** The phases of DATA §4. A phase that allows several requests may be a list. */
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
  key: keyField.optional().describe('Identifies the method in its connector; default: made of the name'),
  ...fields,
  variables: z
    .array(variableDocument)
    .max(100)
    .default([])
    .describe("By key: changes to the type's own variables, and additional variables"),
  withoutVariables: z
    .array(variableKey.max(64))
    .max(20)
    .default([])
    .describe("Keys of the type's own variables that are removed"),
  uses: z.array(use).max(100).default([]).describe('Connector variables that the method uses'),
  requests: requests.default({}),
  parameters: z.array(methodParameter).max(100).default([]),
}

/** One schema for each type, because the options depend on it. */
export function methodDocumentOf<Type extends AuthenticationType>(type: Type) {
  const options: z.ZodType<Record<string, unknown>> = optionsSchemas[type]
  return z.strictObject({
    ...methodParts,
    type: z.literal(type),
    options: options.prefault({}).describe('Options of the type; default: the type’s defaults'),
  })
}

const [firstType, ...otherTypes] = keysOf(authenticationTypes)
export const methodDocument = z.discriminatedUnion('type', [
  methodDocumentOf(firstType),
  ...otherTypes.map((type) => methodDocumentOf(type)),
])

export type MethodInDocument = z.output<typeof methodDocument>
/** As written, with omitted fields. */
export type MethodInput = z.input<typeof methodDocument>
export type VariableFields = z.output<typeof variableDocument>
export type RequestFields = z.output<typeof request>
