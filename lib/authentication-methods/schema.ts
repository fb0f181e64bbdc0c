import { z } from 'zod'
import { idOf, revisionField } from '@/lib/operations/input'
import { clientAuthentications } from '@/lib/domain/method-options/option-choices'
import { signaturePresets } from '@/lib/domain/authentication/signature-presets'
import { authenticationTypes, bodyFormats, httpMethods, parameterLocations, phaseKinds } from '@/lib/domain/vocabulary'
import { asTyped, keysOf, label, line, text } from '@/lib/domain/text-schema'
import { sentOptions, source, statuses, variableKey } from '@/lib/domain/method-options/options-schema'
import { methodFields } from './fields'

/** The input of operations on authentication methods. Every object is closed: an unknown key is an error. */

const typedFields = { ...methodFields, timeoutSeconds: asTyped(methodFields.timeoutSeconds) }
const { options: _ofTheType, ...newMethodFields } = typedFields

export const createMethodSchema = z.strictObject({
  connectorId: idOf('connector'),
  type: z.enum(keysOf(authenticationTypes), 'Select an authentication method.'),
  ...newMethodFields,
  /** The preset that a request signature starts from; empty for none. */
  signaturePreset: z.enum(['', ...signaturePresets.map(({ key }) => key)], 'Choose a preset from the list.').optional(),
  /** The endpoint whose request becomes the test request; empty for none. */
  testEndpointId: z.union([z.literal(''), z.uuid()]).optional(),
})
export type CreateMethod = z.infer<typeof createMethodSchema>

export const parameterSchema = z.strictObject({
  /** Null for a new parameter. */
  id: z.uuid().nullable(),
  place: z.enum(keysOf(parameterLocations)),
  key: line(256).min(1, 'Enter a key.'),
  value: text(4096),
  required: z.boolean(),
  displayName: label(120),
  helpText: text(1000),
  phases: z
    .array(z.enum(keysOf(phaseKinds)))
    .min(1, 'Choose the requests to send it with.')
    .max(8),
  /** For phases with several requests: their indexes, from 0; empty for all. */
  steps: z.array(z.int().min(0).max(4)).max(5),
})

const successRule = z.strictObject({
  statuses,
  jsonPath: line(512),
  rejectedStatuses: statuses,
  rejectedPath: line(512),
  rejectedValue: line(512),
})

const extraction = z.strictObject({
  variable: variableKey,
  path: source.min(1, 'Enter where to find it in the response.'),
  secret: z.boolean(),
})

export const phaseSchema = z.strictObject({
  kind: z.enum(keysOf(phaseKinds)),
  step: z.int().min(0).max(4),
  httpMethod: z.enum(httpMethods).nullable(),
  url: line(2048).trim().nullable(),
  bodyFormat: z.enum(keysOf(bodyFormats)).nullable(),
  body: text(65_536).nullable(),
  /** Null if inherited. */
  clientAuthentication: z.enum(keysOf(clientAuthentications)).nullable(),
  successRule: successRule.nullable(),
  extract: z.array(extraction).max(20).nullable(),
})

/** Everything that *Authentication setup* saves together. Variables are saved separately. */
export const saveMethodSchema = z.strictObject({
  methodId: idOf('authentication_method'),
  revision: revisionField,
  ...typedFields,
  /** Also checked against the schema of the method's type, which is read from the database. */
  options: sentOptions,
  phases: z.array(phaseSchema).max(20),
  parameters: z.array(parameterSchema).max(100),
})
export type SaveMethod = z.infer<typeof saveMethodSchema>

export const deleteMethodSchema = z.strictObject({
  methodId: idOf('authentication_method'),
  typedName: z.string().max(200),
})
export type DeleteMethod = z.output<typeof deleteMethodSchema>

/** The method's value for all its instances; null removes it. Never returned. */
export const methodValueSchema = z.strictObject({
  methodId: idOf('authentication_method'),
  revision: revisionField,
  variableId: idOf('variable'),
  value: text(16_384).nullable(),
})

export const discoverSchema = z.strictObject({ issuer: line(2048).trim().min(1) })
