import 'server-only'
import { blockChanges } from '@/lib/connectors/block-changes'
import { userIdOf } from '@/lib/domain/access/actor'
import { notFound } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import { within, type Context } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Import, Prisma } from '@/lib/platform/db/generated/client'
import { discardParts } from '../discard-parts'
import { readByOtherVersion } from '../import-refusals'
import { installedEntry } from '../install-connector'
import { lockImporting, writeChosen } from '../write-chosen'
import { applyChanges } from './apply-changes'
import { connectorNow, type StoredComparison } from './compare-with-connector'
import { auditApplied, changedMeanwhile, finishApplying } from './finish-applying'
import { importedSchemas, importedTarget } from './imported-target'
import type { Asked } from './schema'
import type { AppliedDocument, PartChangeView } from './views'

/** An import with what it would change and how it was asked to be applied. */
export type Application = { row: Import; comparison: StoredComparison; asked: Asked }

export function applicationOf(row: Import): Application {
  return { row, comparison: row.comparison as StoredComparison, asked: row.application as Asked }
}

/**
 * Applies the document of an import in the caller's transaction, as it was compared. Refuses if the connector has changed
 * since.
 */
export async function writeApplication(
  context: Context,
  tx: WorkspaceTransaction,
  importId: string,
): Promise<Result<null>> {
  const application = applicationOf(await tx.import.findFirstOrThrow({ where: { id: importId } }))
  const { connectorId, key, stamp } = application.comparison
  // First, as everything that changes a connector locks.
  if (connectorId !== null) await blockChanges(tx, context.workspaceId, connectorId)
  if (!(await lockImporting(tx, importId))) return succeed(null)
  if (((await connectorNow(tx, key))?.stamp ?? '') !== stamp) return changedSince(application)
  const applied = await (connectorId === null
    ? create(context, tx, application)
    : change(context, tx, application, connectorId))
  if (!applied.ok) return applied
  await discardParts(tx, importId)
  await tx.import.updateMany({
    where: { id: importId },
    data: {
      ...{ state: 'imported', open: false, connectorId: applied.value.id, done: 0, total: 0, attempt: 0 },
      ...{ importedAt: new Date(), importedById: userIdOf(context.actor) },
      ...{ outcome: { applied: applied.value } satisfies Prisma.InputJsonObject },
    },
  })
  return succeed(null)
}

/** Why a document may not be applied to the connector that it was compared with; null if it may. */
export function refusalOfBase({ comparison, asked: { expectedHash } }: Application): Result<never> | null {
  const { connectorId, documentHash, name } = comparison
  if (connectorId === null) return expectedHash === null || expectedHash === 'none' ? null : notFound('connector')
  return expectedHash === null || expectedHash === documentHash ? null : changedMeanwhile(name)
}

const changedSince = ({ comparison: { name } }: Application) => changedMeanwhile(name)

async function create(
  context: Context,
  tx: WorkspaceTransaction,
  application: Application,
): Promise<Result<AppliedDocument>> {
  const { comparison, asked, row } = application
  const written = await writeChosen(tx, context.actor, row.id)
  if (!written.ok) return written
  const { connectorId: id, plan, endpoints } = written.value
  await within(context, tx, 'import_connector').audit(tx, installedEntry(id, plan, endpoints))
  const applied = { id, created: true, ...changesOf(comparison) }
  const finished = await finishApplying(context, tx, applied, asked.managedBy)
  // Another connector has got the key in the meantime.
  const isOther = finished.ok && finished.value.key !== comparison.key
  return isOther && asked.expectedHash === 'none' ? changedSince(application) : finished
}

async function change(
  context: Context,
  tx: WorkspaceTransaction,
  { comparison, asked, row }: Application,
  id: string,
): Promise<Result<AppliedDocument>> {
  const { added, changed, removed } = comparison.totals
  if (added + changed + removed > 0) {
    const target = await importedTarget(tx, row, id)
    if (target === null) return readByOtherVersion()
    const { removeOthers } = row
    const owner = { workspaceId: context.workspaceId, importId: row.id, connectorId: id }
    const schemas = await importedSchemas(tx, owner)
    const applied = await applyChanges(context, tx, target, {
      removeOthers,
      ask: (_about, step) => step(asked.confirmed),
    })
    if (!applied.ok) return applied
    const made = [...target.made, ...schemas]
    await auditApplied(context, tx, { id, name: comparison.name, made, managedBy: asked.managedBy })
  }
  return finishApplying(context, tx, { id, created: false, ...changesOf(comparison) }, asked.managedBy)
}

function changesOf({ totals, changes }: StoredComparison): Pick<AppliedDocument, 'totals' | 'changes'> {
  const views = changes.map(({ change, kind, key, name }): PartChangeView => ({ change, kind, key, name }))
  return { totals, changes: views }
}
