import { z } from 'zod'
import { anyText, label, line, nameField, webAddress } from '@/lib/domain/text-schema'
import { idOf } from '@/lib/operations/input'
import type { SortColumns } from '@/lib/platform/lists/list-page'
import { listParamsOf } from '@/lib/platform/lists/list-schema'
import { reportKinds } from './openapi/report'
import { chunkBytes, mostTextLength } from './reading/source-limits'

/** The inputs of the operations on imports. */

export const importItemKinds = ['connector', 'method', 'endpoint'] as const
/** `left_out`: it was left out of an import before, or deleted since. */
export const importChanges = ['added', 'changed', 'moved', 'removed', 'left_out', 'same'] as const

/** Names of files and addresses that are shown. */
const longestName = 200

export const importOnly = z.strictObject({ importId: idOf('import') })

export const confirmImportSchema = importOnly.extend({
  confirmed: z.boolean().default(false).describe('The answer to the questions of an update'),
  instances: z
    .enum(['create', 'leave_out'])
    .nullable()
    .default(null)
    .describe('Whether instances are created with the values of the document; required if it has any'),
})

const updates = idOf('connector')
  .nullable()
  .default(null)
  .describe('The connector that the document updates; null: it adds one')

/** Of a connection document that makes a connector what it says, without choosing. */
const application = {
  applies: z
    .boolean()
    .default(false)
    .describe('Whether the document is applied to the connector that it describes: it is compared with it first'),
  removeOthers: z
    .boolean()
    .default(false)
    .describe('Whether applying removes what the document does not contain; otherwise it stays'),
}
/** An import applies its document, or it updates a connector. */
const isOne = ({
  applies,
  removeOthers,
  updates: updated,
}: {
  applies: boolean
  removeOthers: boolean
  updates: string | null
}) => (applies ? updated === null : !removeOthers)
const onlyOne = 'An import applies its document, or it updates a connector. Only one that applies it removes something.'

export const startImportSchema = z
  .strictObject({
    text: anyText(
      mostTextLength,
      'Pasted text can have at most 1,000,000 characters. Choose it as a file instead.',
    ).default(''),
    url: webAddress('Enter an address that starts with https:// or http://.').default(''),
    updates,
    ...application,
  })
  .refine(isOne, { error: onlyOne, path: ['applies'] })
  .refine(({ text, url }) => (text.trim() === '') !== (url === ''), {
    error: 'Paste a document, or enter its address.',
    path: ['text'],
  })

export const beginUploadSchema = z
  .strictObject({
    fileName: line(longestName).default('').describe('For people; the content decides what it is'),
    updates,
    ...application,
  })
  .refine(isOne, { error: onlyOne, path: ['applies'] })

export const storeChunkSchema = z.strictObject({
  importId: idOf('import'),
  position: z.int().min(0).max(1_000).describe('0 for the first piece'),
  bytes: z
    .base64()
    .max(Math.ceil(chunkBytes / 3) * 4)
    .describe('1 MiB in base64; the last piece may be shorter'),
})

export const importSorts = { created: { column: 'createdAt', kind: 'date' } } satisfies SortColumns
export const listImportsSchema = z.strictObject(listParamsOf(importSorts))

export const importItemSorts = { position: { column: 'position', kind: 'number' } } satisfies SortColumns

/** Which items: null means all. `method` is the name of one that they accept. */
const itemFilter = {
  kind: z.enum(importItemKinds).default('endpoint'),
  tag: line(longestName).nullable().default(null),
  method: line(longestName).nullable().default(null),
  chosen: z.boolean().nullable().default(null),
  /** Only of an import that updates a connector. */
  change: z.enum(importChanges).nullable().default(null),
  differing: z.boolean().default(false).describe('Only what an update would change'),
  conflicting: z.boolean().default(false).describe('Only what the document and people here have both changed'),
}

export const listImportItemsSchema = z.strictObject({
  importId: idOf('import'),
  ...listParamsOf(importItemSorts),
  ...itemFilter,
})

export const importLineSorts = { position: { column: 'position', kind: 'number' } } satisfies SortColumns

const lineFilter = {
  ...listParamsOf(importLineSorts),
  /** Null: all kinds. */
  kind: z.enum(reportKinds).nullable().default(null),
}
export const listImportLinesSchema = z.strictObject({ connectorId: idOf('connector'), ...lineFilter })
export const listReportSchema = z.strictObject({ importId: idOf('import'), ...lineFilter })

/** The items that the filter finds now, on the server, so that 20,000 are one request. */
export const chooseItemsSchema = z.strictObject({
  importId: idOf('import'),
  ...itemFilter,
  q: listImportItemsSchema.shape.q,
  itemId: idOf('import').nullable().default(null).describe('Only this one'),
  chosen: z.boolean().nullable().default(null).describe('Whether they are imported; null: as before'),
  takesDocument: z
    .boolean()
    .nullable()
    .default(null)
    .describe('In an update, where the document and people here have changed the same: whether the document wins'),
})

export const importItemOnly = z.strictObject({ importId: idOf('import'), itemId: idOf('import') })

export const renameItemSchema = z.strictObject({
  importId: idOf('import'),
  itemId: idOf('import'),
  name: label(120).default('').describe('Empty: the name in the document'),
})

export const nameImportSchema = z.strictObject({
  importId: idOf('import'),
  name: nameField,
  versionLabel: line(40).default(''),
})
