import 'server-only'
import { several } from '@/lib/domain/history/compare-values'
import { type Result, refuse, succeed } from '@/lib/domain/result'
import { type EnablementRefusal, type MatrixOutcome, matrixOutcome } from './views'
import { recordAudit } from '@/lib/platform/audit/record'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Actor } from '@/lib/domain/access/actor'
import { cellsOf, type Cell } from './cells'
import { changeCells, lockRows, type ChangedCells, type LockedRows } from './change-cells'
import { findStrandedFlows } from './stranded-flows'
import { askBeforeStranding } from './stranding'
import { operation, type Context } from '@/lib/operations/operation'
import { applyMatrixSchema, type ApplyMatrix } from './schema'
import { patience } from './enablement-parts'

/**
 * Applies staged changes of the matrix in one transaction: all that are still possible, or none. Cells that someone
 * else has already changed in the same way, or whose endpoint or method was deleted, are counted and skipped.
 */
export const applyMatrix = operation({
  name: 'apply_matrix',
  permission: 'change',
  input: applyMatrixSchema,
  output: matrixOutcome,
  run: changeMatrix,
})

/** Applies the changes, and audits them. */
export async function changeMatrix(
  { actor, db, transaction }: Context,
  { connectorId, changes, confirmStranding = false }: ApplyMatrix,
): Promise<Result<MatrixOutcome, EnablementRefusal>> {
  const connectorGone = refuse('not_found', 'This connector no longer exists.')
  if (!(await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } }))) return connectorGone
  return transaction(async (tx) => {
    const cells = cellsOf(changes)
    const locked = await lockRows(tx, actor, connectorId, cells)
    const present = cells.filter((cell) => locked.endpoints.has(cell.endpointId) && locked.methods.has(cell.methodId))
    const stranded = await findStrandedFlows(tx, actor.workspaceId, present)
    if (stranded.length > 0 && !confirmStranding) return askBeforeStranding(stranded)
    const changed = await changeCells(tx, actor, connectorId, present)
    await auditByMethod(tx, actor, locked, changed)
    return succeed(outcome(cells, present, changed))
  }, patience)
}

function outcome(cells: Cell[], present: Cell[], changed: ChangedCells): MatrixOutcome {
  const [enabled, disabled] = [changed.enabled.length, changed.disabled.length]
  return { enabled, disabled, unchanged: present.length - enabled - disabled, gone: cells.length - present.length }
}

/** One line per method that names every endpoint, so that the log is readable and complete. */
async function auditByMethod(
  tx: WorkspaceTransaction,
  actor: Actor,
  locked: LockedRows,
  changed: ChangedCells,
): Promise<void> {
  for (const [methodId, name] of locked.methods) {
    const endpointsOf = (cells: ChangedCells['enabled']) =>
      cells.filter((cell) => cell.methodId === methodId).map((cell) => locked.endpoints.get(cell.endpointId)!)
    const [enabled, disabled] = [endpointsOf(changed.enabled), endpointsOf(changed.disabled)]
    if (enabled.length + disabled.length === 0) continue
    await recordAudit(tx, actor, {
      action: 'apply_matrix',
      objectType: 'enablement',
      objectId: methodId,
      objectName: name,
      changes: [...several('enablement', 'on', enabled, name), ...several('enablement', 'off', disabled, name)],
    })
  }
}
