import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import type { StoredComparison } from './apply/compare-with-connector'
import type { AppliedDocument, ComparedDocument } from './apply/views'
import { foundValuesOf } from './found-values'
import { importOnly } from './import-schema'
import { summaryColumns, summaryOf } from './import-summary'
import { summariseUpdate } from './update/summarise-update'
import { importView } from './import-views'

/** An import: how far it is, and what it contains and what of it is chosen. */
export const getImport = operation({
  name: 'get_import',
  permission: 'see',
  input: importOnly,
  output: importView,
  run: async ({ db, workspaceId }, { importId }) => {
    const row = await db.import.findFirst({
      where: { id: importId },
      select: {
        ...{ ...summaryColumns, connectorId: true, definition: true, questions: true, basedOnId: true },
        ...{ foundValues: true, sealedValues: true },
        ...{ applies: true, removeOthers: true, outcome: true },
      },
    })
    if (!row) return notFound('import')
    const { connectorId, definition, questions, updates, basedOnId, foundValues, sealedValues, ...given } = row
    const { applies, removeOthers, outcome, ...summary } = given
    const instances = foundValuesOf({ foundValues, sealedValues }).map(({ key: _key, ...found }) => found)
    const [counts, lines, updating, comparison] = await Promise.all([
      chosenItems(db, importId),
      db.importLine.count({ where: { importId } }),
      summariseUpdate(db, { id: importId, workspaceId, basedOnId, questions, updates }),
      applies && summary.state === 'compared' ? comparisonOf(db, importId) : null,
    ])
    const { baseUrl = '' } = (definition ?? {}) as { baseUrl?: string }
    return succeed({
      ...summaryOf({ ...summary, updates }),
      connectorId,
      baseUrl,
      ...counts,
      lines,
      instances,
      updates: updating,
      application: applies ? { removeOthers, comparison, ...outcomeOf(outcome) } : null,
    })
  },
})

/** A large column, which is not needed while others wait for the import. */
async function comparisonOf(db: WorkspaceDb, importId: string): Promise<ComparedDocument | null> {
  const row = await db.import.findFirst({ where: { id: importId }, select: { comparison: true } })
  if (!row?.comparison) return null
  const { stamp: _stamp, ...comparison } = row.comparison as StoredComparison
  return comparison
}

function outcomeOf(outcome: unknown): { refusal: string | null; applied: AppliedDocument | null } {
  return { refusal: null, applied: null, ...(outcome as object | null) }
}

async function chosenItems(db: WorkspaceDb, importId: string) {
  const groups = await db.importItem.groupBy({ by: ['kind', 'chosen'], where: { importId }, _count: true })
  const of = (kind: 'method' | 'endpoint') => {
    const own = groups.filter((group) => group.kind === kind)
    const count = (rows: typeof own) => rows.reduce((sum, { _count }) => sum + _count, 0)
    return { total: count(own), chosen: count(own.filter(({ chosen }) => chosen)) }
  }
  return { methods: of('method'), endpoints: of('endpoint') }
}
