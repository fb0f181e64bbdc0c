import 'server-only'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { documentText } from '../document-yaml'
import { partsOfPlan, type PartChange } from './document-parts'
import { compareDocumentSchema, mostTexts } from './schema'
import { comparedDocument, totalsOf } from './views'
import { findTarget, keyOf, readConnectionDocument, viewOf } from './target'

/** What applying a connection document would change, part by part. Stores nothing. */
export const compareConnectorDocument = operation({
  name: 'compare_connector_document',
  permission: 'change',
  input: compareDocumentSchema,
  output: comparedDocument,
  run: async ({ db }, { document, removeOthers }) => {
    const read = await readConnectionDocument(document)
    if (!read.ok) return read
    const plan = read.value
    const target = await findTarget(db, plan)
    const changes: PartChange[] =
      target?.changes ??
      partsOfPlan(plan, keyOf(plan)).map(({ value, ...part }) => ({ ...part, before: null, after: value }))
    const views = changes.map((change) => viewOf(change, removeOthers))
    return succeed({
      connectorId: target?.id ?? null,
      key: target?.key ?? keyOf(plan),
      name: plan.details.name,
      documentHash: target?.documentHash ?? null,
      totals: totalsOf(views),
      changes: changes.map((change, index) => ({
        ...views[index]!,
        before: index < mostTexts ? textOf(change.before) : null,
        after: index < mostTexts ? textOf(change.after) : null,
      })),
    })
  },
})

function textOf(part: unknown): string | null {
  return part === null ? null : documentText(part as object)
}
