import { z } from 'zod'
import { defaultRetention, mostBodyHours, mostRequestDays } from '@/lib/domain/retention'
import { anyText } from '@/lib/domain/text-schema'
import { mostReturnAddresses, normalReturnAddress, returnAddressesFault } from '@/lib/domain/urls/return-address'

/** The settings of a workspace (DATA §15), by the keys of their rows. */

const tooMany = `Enter at most ${mostReturnAddresses} addresses.`

const returnAddresses = z
  // The rule of the list says which address is too long.
  .array(anyText(10_000), 'Enter a list of addresses.')
  .max(mostReturnAddresses, { error: tooMany, abort: true })
  .superRefine((addresses, context) => {
    const fault = returnAddressesFault(addresses)
    if (fault !== null) context.addIssue({ code: 'custom', message: fault })
  })
  .overwrite((addresses) => addresses.map((address) => normalReturnAddress(address) ?? address))

const days = `Enter a whole number of days from 1 to ${mostRequestDays}.`
const hours = `Enter a whole number of hours from 1 to ${mostBodyHours} (30 days).`

export const retentionFields = {
  requestDays: z.int(days).min(1, days).max(mostRequestDays, days),
  bodyHours: z.int(hours).min(1, hours).max(mostBodyHours, hours),
}

type Setting<Schema extends z.ZodType> = {
  label: string
  /** Of a new value, and of the stored one. */
  schema: Schema
  /** The value of a workspace that never saved the setting. */
  default: z.output<Schema>
}

const setting = <Schema extends z.ZodType>(given: Setting<Schema>) => given

export const workspaceSettings = {
  returnAddresses: setting({ label: 'Return addresses', schema: returnAddresses, default: [] }),
  retention: setting({ label: 'Retention', schema: z.strictObject(retentionFields), default: defaultRetention }),
}

export type SettingKey = keyof typeof workspaceSettings
export type SettingValue<Key extends SettingKey> = z.output<(typeof workspaceSettings)[Key]['schema']>

/** The revision of a setting that was never saved. */
export const firstRevision = 1

/**
 * The value of a setting by its row; the default without one.
 * @throws if the row has no value of the setting: it was checked when it was written
 */
export function settingOf<Key extends SettingKey>(key: Key, row: { value: unknown } | null): SettingValue<Key> {
  const { schema, default: value } = workspaceSettings[key]
  return (row === null ? value : schema.parse(row.value)) as SettingValue<Key>
}
