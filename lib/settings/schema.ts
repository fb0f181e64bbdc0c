import { z } from 'zod'
import { asTyped } from '@/lib/domain/text-schema'
import { revisionField } from '@/lib/operations/input'
import { retentionFields, workspaceSettings } from './workspace-settings'

const revision = revisionField

export const saveReturnAddressesSchema = z.strictObject({
  revision,
  /** All of them: the list replaces the earlier one. */
  addresses: workspaceSettings.returnAddresses.schema,
})

export const saveRetentionSchema = z.strictObject({
  revision,
  requestDays: asTyped(retentionFields.requestDays),
  bodyHours: asTyped(retentionFields.bodyHours),
  /** Whether to shorten a period, which deletes what is older. */
  confirmed: z.boolean().default(false),
})
