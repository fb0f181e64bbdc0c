import 'server-only'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { lockUntilCommit } from '@/lib/platform/db/lock-until-commit'
import { columnsOf, type Cell } from './cells'

type Named = { id: string; name: string }
type ChangedCell = { endpointId: string; methodId: string }

/** The names of the rows that a change of cells needs, by id. They are locked until the transaction ends. */
export type LockedRows = { endpoints: Map<string, string>; methods: Map<string, string> }

export type ChangedCells = { enabled: ChangedCell[]; disabled: ChangedCell[] }

/**
 * Lets only one transaction at a time change a connector's enablement, and prevents its endpoints and methods from
 * being deleted in the meantime. Rows that are already deleted are missing in the result. Without the lock, two people
 * who apply overlapping matrices would deadlock.
 */
export async function lockRows(
  tx: WorkspaceTransaction,
  actor: Actor,
  connectorId: string,
  cells: Cell[],
): Promise<LockedRows> {
  const { endpointIds, methodIds } = columnsOf(cells)
  await lockUntilCommit(tx, `enablement:${connectorId}`)
  const endpoints = await tx.$queryRaw<Named[]>`
    SELECT "id", "name" FROM "Endpoint"
    WHERE "workspaceId" = ${actor.workspaceId}::uuid AND "connectorId" = ${connectorId}::uuid AND "id" = ANY(${endpointIds}::uuid[])
    ORDER BY "id" FOR KEY SHARE`
  const methods = await tx.$queryRaw<Named[]>`
    SELECT "id", "name" FROM "AuthenticationMethod"
    WHERE "workspaceId" = ${actor.workspaceId}::uuid AND "connectorId" = ${connectorId}::uuid AND "id" = ANY(${methodIds}::uuid[])
    ORDER BY "id" FOR KEY SHARE`
  return { endpoints: namesById(endpoints), methods: namesById(methods) }
}

function namesById(rows: Named[]): Map<string, string> {
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Sets the cells to the wanted state, whatever their current state. Returns those that changed. */
export async function changeCells(
  tx: WorkspaceTransaction,
  actor: Actor,
  connectorId: string,
  cells: Cell[],
): Promise<ChangedCells> {
  const on = columnsOf(cells.filter((cell) => cell.enabled))
  const off = columnsOf(cells.filter((cell) => !cell.enabled))
  const disabled = await tx.$queryRaw<ChangedCell[]>`
    DELETE FROM "Enablement" n
    USING unnest(${off.endpointIds}::uuid[], ${off.methodIds}::uuid[]) AS c("endpointId", "methodId")
    WHERE n."workspaceId" = ${actor.workspaceId}::uuid AND n."connectorId" = ${connectorId}::uuid
      AND n."methodId" = c."methodId" AND n."endpointId" = c."endpointId"
    RETURNING n."endpointId", n."methodId"`
  const enabled = await tx.$queryRaw<ChangedCell[]>`
    INSERT INTO "Enablement" ("workspaceId", "connectorId", "endpointId", "methodId", "enabledById")
    SELECT ${actor.workspaceId}::uuid, ${connectorId}::uuid, c."endpointId", c."methodId", ${userIdOf(actor)}::uuid
    FROM unnest(${on.endpointIds}::uuid[], ${on.methodIds}::uuid[]) AS c("endpointId", "methodId")
    ON CONFLICT DO NOTHING
    RETURNING "endpointId", "methodId"`
  return { enabled, disabled }
}
