import { z } from 'zod'
import { instanceDetails } from './instance-details'

const typedValue = z.strictObject({ variableId: z.string(), value: z.string().nullable() })
export type TypedValue = z.output<typeof typedValue>

const pem = z.string().nullable()
/** ISO text, because the settings may wait as JSON. */
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
 * What one *Save instance settings* stores, validated. Plain secrets: lives in memory or sealed, never in an answer.
 */
export const instanceSettings = z.strictObject({
  ...instanceDetails,
  /** Only what was typed: what is not listed stays as it is (rule R10). `null` clears the value. */
  values: z.array(typedValue),
  certificate: certificateChange,
})
export type InstanceSettings = z.output<typeof instanceSettings>
