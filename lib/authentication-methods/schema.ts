import { z } from 'zod'
import { authenticationTypes, bodyFormats, httpMethods, parameterPlaces, phaseKinds } from '@/lib/domain/vocabulary'
import { keysOf, line, linkField, nameField, text } from '@/lib/forms/text-schema'

/** What a client may send about authentication methods. Every object is closed: an unknown key is refused. */

const timeoutSeconds = z.coerce.number<string | number>('Enter a number of seconds.').int('Whole seconds.').min(1, 'At least 1 second.').max(300, 'At most 300 seconds.')
export const createMethodSchema = z.strictObject({
  connectorId: z.uuid(),
  name: nameField,
  type: z.enum(keysOf(authenticationTypes), 'Select an authentication method.'),
  timeoutSeconds,
  documentationUrl: linkField,
})
export type CreateMethod = z.infer<typeof createMethodSchema>

const placement = z.strictObject({
  place: z.enum(keysOf(parameterPlaces)),
  key: line(256).min(1, 'Enter the name under which it is sent.'),
  value: line(2048).min(1, 'Enter what is sent.'),
})

const statuses = z.array(z.int().min(100, 'Statuses are between 100 and 599.').max(599, 'Statuses are between 100 and 599.')).max(20)
const kept = z.strictObject({ variable: line(128).regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'Letters, digits and _, not starting with a digit.') })

/** The options of each type, as lib/domain/authentication reads them. */
export const optionsSchemas = {
  basic: z.strictObject({}),
  none: z.strictObject({}),
  token: z.strictObject({ placement }),
  oauth2_authorization_code: z.strictObject({
    pkce: z.enum(['S256', 'plain', 'off']),
    clientAuthentication: z.enum(['client_secret_basic', 'client_secret_post', 'none']),
    requestEncoding: z.enum(['form', 'json']),
    scopeSeparator: line(8),
    tokenPath: line(512).min(1, 'Enter where the token is in the answer.'),
    refreshTokenPath: line(512),
    expiryPath: line(512),
    expiryUnit: z.enum(['seconds', 'milliseconds', 'epoch_seconds', 'epoch_milliseconds', 'iso']),
    defaultLifetimeSeconds: z.int().min(1, 'At least 1 second.').max(31_536_000, 'At most a year.').nullable(),
    expiredStatuses: statuses,
    issuer: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: 'Enter the issuer as a URL.' }).max(2048)]),
    issuerAdvertised: z.boolean(),
    placement,
    kept: z.array(kept.extend({ path: line(512).min(1) })).max(20),
    keptFromCallback: z.array(kept.extend({ parameter: line(128).min(1) })).max(20),
  }),
} satisfies Record<keyof typeof authenticationTypes, z.ZodType>

export const parameterSchema = z.strictObject({
  /** Of an existing parameter; a new one has none. */
  id: z.uuid().nullable(),
  place: z.enum(keysOf(parameterPlaces)),
  key: line(256).min(1, 'Enter a key.'),
  value: text(4096),
  required: z.boolean(),
  displayName: line(120),
  helpText: text(1000),
  phases: z.array(z.enum(keysOf(phaseKinds))).min(1, 'Choose the requests that carry it.').max(7),
})

const successRule = z.strictObject({ statuses, jsonPath: line(512), rejectedStatuses: statuses })

export const phaseSchema = z.strictObject({
  kind: z.enum(keysOf(phaseKinds)),
  httpMethod: z.enum(httpMethods).nullable(),
  url: line(2048).trim().nullable(),
  bodyFormat: z.enum(keysOf(bodyFormats)).nullable(),
  body: text(65_536).nullable(),
  successRule: successRule.nullable(),
})

/** Everything *Authentication setup* saves at once; variables are saved on their own. */
export const saveMethodSchema = z.strictObject({
  methodId: z.uuid(),
  revision: z.int().min(1),
  name: nameField,
  timeoutSeconds,
  documentationUrl: linkField,
  /** Checked against the schema of the method's own type: the type comes from the database. */
  options: z.record(z.string(), z.unknown()),
  phases: z.array(phaseSchema).max(12),
  parameters: z.array(parameterSchema).max(100),
})
export type SaveMethod = z.infer<typeof saveMethodSchema>

export const deleteMethodSchema = z.strictObject({ methodId: z.uuid(), typedName: z.string().max(200) })

/** A value the method holds for all its instances; null removes it. Never echoed. */
export const methodValueSchema = z.strictObject({ methodId: z.uuid(), revision: z.int().min(1), variableId: z.uuid(), value: text(4096).nullable() })
