import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { cellsOf, type Cell } from './cells'
import { changeCells, holdRows, type ChangedCells, type HeldRows } from './change-cells'
import type { MatrixChanges, SetEnablement } from './schema'
import { findStrandedFlows } from './stranded-flows'
import { askBeforeStranding } from './stranding'
import type { EnablementRefusal, MatrixOutcome } from './views'

// Thousands of cells may wait for another person's thousands.
const patience = { timeout: 30_000, maxWait: 10_000 }

const toggleGone = () =>
  refuse(
    'not_found',
    'This endpoint or authentication method no longer exists. Reload to see what the connector has now.',
  )

/**
 * One toggle: "this endpoint accepts this authentication method" (rule R2). Setting it to the state it already has is
 * no change. Switching it off under a flow asks first (rule R3).
 */
export async function setEnablement(
  actor: Actor,
  input: SetEnablement,
): Promise<Result<{ enabled: boolean }, EnablementRefusal>> {
  const permitted = permit(actor, 'change')
  if (!permitted.ok) return permitted
  const { endpointId, methodId, enabled, confirmStranding } = input
  if (!isId(endpointId) || !isId(methodId)) return toggleGone()
  const db = workspaceDb(actor.workspaceId)
  const endpoint = await db.endpoint.findFirst({ where: { id: endpointId }, select: { connectorId: true } })
  if (!endpoint) return toggleGone()
  return db.$transaction(async (tx) => {
    const cell: Cell = { endpointId, methodId, enabled }
    const held = await holdRows(tx, actor, endpoint.connectorId, [cell])
    if (!held.endpoints.has(endpointId) || !held.methods.has(methodId)) return toggleGone()
    const stranded = await findStrandedFlows(tx, actor.workspaceId, [cell])
    if (stranded.length > 0 && !confirmStranding) return askBeforeStranding(stranded)
    const changed = await changeCells(tx, actor, endpoint.connectorId, [cell])
    if (changed.enabled.length + changed.disabled.length > 0) {
      await recordAudit(tx, actor, {
        action: 'set_enablement',
        objectType: 'enablement',
        objectId: endpointId,
        objectName: `${held.methods.get(methodId)} for ${held.endpoints.get(endpointId)}`,
        changes: { enabled, strandedFlows: stranded.map((flow) => flow.flowName) },
      })
    }
    return succeed({ enabled })
  }, patience)
}

/**
 * Applies staged changes of the matrix in one transaction: all that are still possible, or none. Cells that somebody
 * else has already changed the same way, or whose endpoint or method is gone, are counted and left alone.
 */
export async function applyMatrix(
  actor: Actor,
  connectorId: string,
  changes: MatrixChanges,
  confirmStranding = false,
): Promise<Result<MatrixOutcome, EnablementRefusal>> {
  const permitted = permit(actor, 'change')
  if (!permitted.ok) return permitted
  const connectorGone = refuse('not_found', 'This connector no longer exists.')
  if (!isId(connectorId)) return connectorGone
  const db = workspaceDb(actor.workspaceId)
  if (!(await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } }))) return connectorGone
  return db.$transaction(async (tx) => {
    const cells = cellsOf(changes)
    const held = await holdRows(tx, actor, connectorId, cells)
    const present = cells.filter((cell) => held.endpoints.has(cell.endpointId) && held.methods.has(cell.methodId))
    const stranded = await findStrandedFlows(tx, actor.workspaceId, present)
    if (stranded.length > 0 && !confirmStranding) return askBeforeStranding(stranded)
    const changed = await changeCells(tx, actor, connectorId, present)
    await auditByMethod(tx, actor, held, changed)
    return succeed(outcome(cells, present, changed))
  }, patience)
}

function outcome(cells: Cell[], present: Cell[], changed: ChangedCells): MatrixOutcome {
  const [enabled, disabled] = [changed.enabled.length, changed.disabled.length]
  return { enabled, disabled, unchanged: present.length - enabled - disabled, gone: cells.length - present.length }
}

/** One line per method, with every endpoint named: readable, and complete. */
async function auditByMethod(
  tx: WorkspaceTransaction,
  actor: Actor,
  held: HeldRows,
  changed: ChangedCells,
): Promise<void> {
  for (const [methodId, name] of held.methods) {
    const endpointsOf = (cells: ChangedCells['enabled']) =>
      cells.filter((cell) => cell.methodId === methodId).map((cell) => held.endpoints.get(cell.endpointId)!)
    const [enabled, disabled] = [endpointsOf(changed.enabled), endpointsOf(changed.disabled)]
    if (enabled.length + disabled.length === 0) continue
    await recordAudit(tx, actor, {
      action: 'apply_matrix',
      objectType: 'enablement',
      objectId: methodId,
      objectName: name,
      changes: { enabled, disabled },
    })
  }
}
