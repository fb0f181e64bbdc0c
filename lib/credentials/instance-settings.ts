import { z } from 'zod'
import { instanceDetails } from './instance-details'

const typedValue = z.strictObject({ variableId: z.string(), value: z.string().nullable() })
export type TypedValue = z.output<typeof typedValue>

const pem = z.string().nullable()
/** ISO text, because pending settings are stored as JSON. */
const date = z.string().nullable()

const certificateChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({ kind: z.literal('remove') }),
  z.strictObject({
    kind: z.literal('replace'),
    certificatePem: pem,
    keyPem: pem,
    caPem: pem,
    subject: z.string(),
    issuer: z.string(),
    fingerprint: z.string(),
    validFrom: date,
    validTo: date,
  }),
])
export type CertificateChange = z.output<typeof certificateChange>

/**
 * What one *Save instance settings* stores, validated. It contains plain secrets: only in memory or sealed, never in a
 * response.
 */
export const instanceSettings = z.strictObject({
  ...instanceDetails,
  /** Only typed values: a variable that is not listed keeps its value (rule R10). `null` clears the value. */
  values: z.array(typedValue),
  certificate: certificateChange,
})
export type InstanceSettings = z.output<typeof instanceSettings>
