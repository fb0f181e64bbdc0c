import { z } from 'zod'
import { idOf } from '@/lib/operations/input'
import { listParamsOf } from '@/lib/platform/lists/list-schema'
import { rateLimitUnits } from '@/lib/domain/vocabulary'
import { keysOf, line, nameField } from '@/lib/domain/text-schema'

/** What a client may send about instances. Every object is closed: an unknown key is refused. */

/** A name of the IANA database; offsets and abbreviations are none. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

/** A whole number, or as it is typed; null, or nothing typed, for none. */
function optionalNumber(what: string, largest: number) {
  const message = `Enter ${what} between 1 and ${largest.toLocaleString('en-GB')}, or leave it empty.`
  const typed = z
    .string()
    .trim()
    .max(20, message)
    .regex(/^\d*$/, message)
    .transform((text) => (text === '' ? null : Number(text)))
  const number = z.int(message).min(1, message).max(largest, message).nullable()
  return z.union([number, typed.pipe(number)], message)
}

export const instanceDetailsSchema = z.strictObject({
  name: nameField,
  timeZone: line(64).trim().refine(isTimeZone, 'Choose a time zone of the list, for example Europe/London.'),
  dateFormat: line(60).trim(),
  rateLimitAmount: optionalNumber('a whole number of requests', 1_000_000),
  rateLimitUnit: z.enum(keysOf(rateLimitUnits)),
  maxConcurrent: optionalNumber('a whole number of requests', 1_000),
})
export type InstanceDetailsInput = z.output<typeof instanceDetailsSchema>

/**
 * What was typed, by variable id; what is not listed is kept. The longest real value is checked by the variable's own
 * rule.
 */
const values = z.record(z.uuid(), z.string().max(100_000, 'This value is much too long.'))

const upload = z
  .string()
  .max(
    512 * 1024,
    'The file is larger than 256 KiB. A certificate with its chain is much smaller; check that it is the right file.',
  )
const certificate = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({ kind: z.literal('remove') }),
  z.strictObject({
    kind: z.literal('replace'),
    pem: upload,
    keyPem: upload,
    pkcs12Base64: upload,
    passphrase: z.string().max(10_000),
    caPem: upload,
  }),
])
export type CertificateInput = z.output<typeof certificate>

const credentials = { values, certificate }

export const createInstanceSchema = z.strictObject({
  connectorId: idOf('connector'),
  methodId: z.uuid('Choose an authentication method.'),
  details: instanceDetailsSchema,
  ...credentials,
  /** The person has seen that the credentials could not be verified, and keeps them all the same (rule R6). */
  withoutVerifying: z.boolean(),
})
export type CreateInstance = z.output<typeof createInstanceSchema>

export const saveIntents = ['save', 'save_without_verifying', 'authorise'] as const

export const saveInstanceSchema = z.strictObject({
  instanceId: idOf('instance'),
  /** The revision that the form began with (rule R12). */
  revision: z.int().min(1),
  details: instanceDetailsSchema,
  ...credentials,
  intent: z.enum(saveIntents),
})
export type SaveInstance = z.output<typeof saveInstanceSchema>

export const testInstanceSchema = z.strictObject({ instanceId: idOf('instance'), ...credentials })
export type TestInstance = z.output<typeof testInstanceSchema>

export const instanceIdSchema = z.strictObject({ instanceId: idOf('instance') })
export const deleteInstanceSchema = z.strictObject({ instanceId: idOf('instance'), typedName: z.string().max(200) })
export type DeleteInstance = z.output<typeof deleteInstanceSchema>

/** What the choice of a connector for a new instance is ordered by. */
export const connectorChoiceSorts = { name: { column: 'foldedName', kind: 'text' } } as const

export const listConnectorChoicesSchema = z.strictObject(listParamsOf(connectorChoiceSorts))
