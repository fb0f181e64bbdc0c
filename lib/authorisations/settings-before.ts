import { z } from 'zod'
import { instanceDetails, instanceDetailsOf } from '@/lib/credentials/instance-details'

/**
 * The settings that a person began with, stored beside what they typed. If somebody else saves while they are at the
 * third party, this says who changed which field (rule R12). It contains no secret.
 */
export const settingsBefore = z.strictObject({
  details: z.strictObject(instanceDetails),
  /** By variable. A secret only has the time. */
  values: z.record(z.string(), z.strictObject({ value: z.string(), setAt: z.string() })),
  /** The fingerprint of the certificate. */
  certificate: z.string().nullable(),
})
export type SettingsBefore = z.output<typeof settingsBefore>

/** The row with everything that belongs to its revision. */
export const withSettings = {
  values: { select: { variableId: true, value: true, setAt: true } },
  certificate: { select: { fingerprint: true } },
} as const

type Row = Parameters<typeof instanceDetailsOf>[0] & {
  values: { variableId: string; value: string | null; setAt: Date }[]
  certificate: { fingerprint: string } | null
}

export function settingsBeforeOf(row: Row): SettingsBefore {
  return {
    details: instanceDetailsOf(row),
    values: Object.fromEntries(
      row.values.map(({ variableId, value, setAt }) => [
        variableId,
        { value: value ?? '', setAt: setAt.toISOString() },
      ]),
    ),
    certificate: row.certificate?.fingerprint ?? null,
  }
}
