import { z } from 'zod'

/** The head of a backup, before its rows. It names the keys but does not contain them. */

export const formatVersion = 1

const sample = z.strictObject({
  workspaceId: z.string(),
  table: z.string(),
  rowId: z.string(),
  field: z.string(),
  sealed: z.string(),
})

export const headSchema = z.strictObject({
  format: z.literal('patchbay-backup'),
  formatVersion: z.number(),
  /** The version of Patchbay that made it. */
  patchbay: z.string(),
  createdAt: z.iso.datetime(),
  /** In the order in which they were applied. */
  migrations: z.array(z.string().regex(/^\w+$/)).min(1),
  /** The keys that values are sealed with. */
  keys: z.array(
    z.strictObject({
      name: z.string(),
      values: z.number(),
      /** One of the values, to check whether a key fits. Null if none could be opened when the backup was made. */
      sample: sample.nullable(),
    }),
  ),
  /** The days that have a partition, by partitioned table. */
  days: z.record(z.enum(['RequestLog', 'RequestLogBody']), z.array(z.iso.date())),
})
export type BackupHead = z.output<typeof headSchema>

export const tableSchema = z.strictObject({ name: z.string(), columns: z.array(z.string()).min(1) })
export const countedSchema = z.strictObject({ rows: z.number() })
