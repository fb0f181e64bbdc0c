import { z } from 'zod'

/** What a backup says about itself, before its rows. Keys are named, never contained. */

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
  /** Of the Patchbay that made it. */
  patchbay: z.string(),
  createdAt: z.iso.datetime(),
  /** In the order in which they were applied. */
  migrations: z.array(z.string().regex(/^\w+$/)).min(1),
  /** Those that values are sealed with. */
  keys: z.array(
    z.strictObject({
      name: z.string(),
      values: z.number(),
      /** One of the values: what shows that a key fits. Null where none opened when the backup was made. */
      sample: sample.nullable(),
    }),
  ),
  /** Of partitioned tables: the days that have a partition. */
  days: z.record(z.enum(['RequestLog', 'RequestLogBody']), z.array(z.iso.date())),
})
export type BackupHead = z.output<typeof headSchema>

export const tableSchema = z.strictObject({ name: z.string(), columns: z.array(z.string()).min(1) })
export const countedSchema = z.strictObject({ rows: z.number() })
