import type { RateLimitUnit } from '@/lib/domain/vocabulary'

/**
 * What one *Save instance settings* stores, validated. Plain secrets: lives in memory or sealed, never in an answer.
 */
export type InstanceSettings = {
  name: string
  timeZone: string
  dateFormat: string
  rateLimitAmount: number | null
  rateLimitUnit: RateLimitUnit | null
  maxConcurrent: number | null
  /** Only what was typed: what is not listed stays as it is (rule R10). `null` clears the value. */
  values: TypedValue[]
  certificate: CertificateChange
}

export type TypedValue = { variableId: string; value: string | null }

/** Dates as ISO text, because the settings may wait as JSON. */
export type CertificateChange =
  | { kind: 'keep' }
  | { kind: 'remove' }
  | {
      kind: 'replace'
      certificatePem: string | null
      keyPem: string | null
      caPem: string | null
      subject: string
      issuer: string
      fingerprint: string
      validFrom: string | null
      validTo: string | null
    }
