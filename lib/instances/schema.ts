import { z } from 'zod'
import { idOf, idToFind, revisionField } from '@/lib/operations/input'
import { listParamsOf } from '@/lib/platform/lists/list-schema'
import { instanceDetails, labelsAsTyped } from '@/lib/credentials/instance-details'
import { anyText, asTyped, keysOf } from '@/lib/domain/text-schema'
import { shownStatuses } from '@/lib/domain/vocabulary'

/** The input of operations on instances. Every object is closed: an unknown key is refused. */

export const instanceDetailsSchema = z
  .strictObject({
    ...instanceDetails,
    rateLimitAmount: asTyped(instanceDetails.rateLimitAmount),
    maxConcurrent: asTyped(instanceDetails.maxConcurrent),
    labels: labelsAsTyped,
  })
  .refine(({ rateLimitAmount, rateLimitUnit }) => rateLimitAmount === null || rateLimitUnit !== null, {
    path: ['rateLimitUnit'],
    message: 'Choose the period of the rate limit.',
  })

/**
 * Typed values by variable ID; a variable that is not listed keeps its value. The rules of the variable check the
 * actual maximum length.
 */
const values = z.record(z.uuid(), anyText(100_000, 'This value is much too long.'))

const upload = anyText(
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
    passphrase: anyText(10_000),
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
  /** The person has seen that the credentials could not be verified, and saves them anyway (rule R6). */
  withoutVerifying: z.boolean(),
})
export type CreateInstance = z.output<typeof createInstanceSchema>

export const saveIntents = ['save', 'save_without_verifying', 'authorise'] as const

export const saveInstanceSchema = z.strictObject({
  instanceId: idOf('instance'),
  /** The revision that the form was loaded with (rule R12). */
  revision: revisionField,
  details: instanceDetailsSchema,
  ...credentials,
  /**
   * Of what this person typed before somebody else saved: the secrets by variable and the certificate that are saved now.
   * Plain values are in `values`.
   */
  waiting: z
    .strictObject({ values: z.array(z.uuid()), certificate: z.boolean() })
    .default({ values: [], certificate: false }),
  intent: z.enum(saveIntents),
})
export type SaveInstance = z.output<typeof saveInstanceSchema>

export const testInstanceSchema = z.strictObject({ instanceId: idOf('instance'), ...credentials })
export type TestInstance = z.output<typeof testInstanceSchema>

export const instanceIdSchema = z.strictObject({ instanceId: idOf('instance') })
export const deleteInstanceSchema = z.strictObject({ instanceId: idOf('instance'), typedName: z.string().max(200) })
export type DeleteInstance = z.output<typeof deleteInstanceSchema>

export const instanceSorts = { name: { column: 'foldedName', kind: 'text' } } as const

export const listInstancesSchema = z.strictObject({
  ...listParamsOf(instanceSorts),
  connectorId: idToFind.optional(),
  methodId: idToFind.optional(),
  status: z.enum(keysOf(shownStatuses)).optional(),
})
export type ListInstances = z.output<typeof listInstancesSchema>

/** The sort orders of the connectors to choose from for a new instance. */
export const connectorChoiceSorts = { name: { column: 'foldedName', kind: 'text' } } as const

export const listConnectorChoicesSchema = z.strictObject(listParamsOf(connectorChoiceSorts))
