import 'server-only'
import { isObject } from '@/lib/domain/is-object'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { documentText } from '../document-yaml'
import { importItemOnly } from '../import-schema'
import { importItemDetail } from '../import-views'
import { shownOfItem } from '../list-import-items'
import { mergeItem } from './merge-item'
import { partsByKey } from './parts-here'
import { readUpdateContext } from './read-context'

/** As many fields, and as much of a value, as a person reads. */
const mostFields = 200
const longestValue = 4_000

/** What an update changes in one method or endpoint, field by field: before, here, and in the document now. */
export const getImportItem = operation({
  name: 'get_import_item',
  permission: 'see',
  input: importItemOnly,
  output: importItemDetail,
  run: async ({ db }, { importId, itemId }) => {
    const row = await db.importItem.findFirst({
      where: { id: itemId, importId, kind: { not: 'schema' } },
      select: {
        ...{ ...shownOfItem, definition: true, partKey: true, baseId: true },
        import: { select: { updatesId: true } },
      },
    })
    if (!row) return notFound('import')
    const { position: _position, definition, partKey, baseId, import: owner, ...shown } = row
    const item = { ...shown, kind: shown.kind as 'connector' | 'method' | 'endpoint' }
    if (partKey === null || owner.updatesId === null) return succeed({ ...item, fields: [], added: text(definition) })
    if (item.change === 'removed') return succeed({ ...item, fields: [], added: null })
    const context = await readUpdateContext(db, { importId, connectorId: owner.updatesId, chosenOnly: false })
    const parts = context && item.kind !== 'connector' && (await partsByKey(db, context, item.kind, [partKey]))
    const here = parts ? parts.get(partKey) : context?.details
    if (!context || !here) return notFound('connector')
    const base = baseId && (await db.importItem.findFirst({ where: { id: baseId }, select: { definition: true } }))
    const before = item.kind === 'connector' ? context.base?.definition : base ? base.definition : undefined
    const { kind, takesDocument } = item
    const merged = mergeItem({ kind, takesDocument, partKey, definition, before }, here, context)
    const fields = (merged?.fields ?? []).slice(0, mostFields).map(({ path, isConflict, ...values }) => ({
      ...{ path, isConflict, before: text(values.before), here: text(values.here), now: text(values.now) },
    }))
    return succeed({ ...item, fields, added: null })
  },
})

function text(value: unknown): string | null {
  if (value === undefined || value === null) return null
  const written = isObject(value) || Array.isArray(value) ? documentText(value).trimEnd() : String(value)
  return written.length > longestValue ? `${written.slice(0, longestValue)}…` : written
}
