import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation, type Context } from '@/lib/operations/operation'
import type { AuditLog } from '@/lib/platform/db/generated/client'
import { auditLineOf } from './audit-line'
import { connectorHistory } from './views'
import type { ObjectType } from './schema'

const shown = 5
const mostVariables = 100

type Db = Context['db']
type ObjectRef = { type: ObjectType; id: string }

/**
 * Where a connector came from, and the latest changes of it, its methods, variables and endpoints. Each object's lines
 * are read by the index that orders them, only as many as are shown.
 */
export const getConnectorHistory = operation({
  name: 'get_connector_history',
  permission: 'see',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: connectorHistory,
  run: async ({ workspaceId, db }, { connectorId }) => {
    const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } })
    if (!connector) return notFound('connector')
    const [objects, first] = await Promise.all([
      objectsOf(db, connectorId),
      db.auditLog.findFirst({ where: { objectType: 'connector', objectId: connectorId }, orderBy: { at: 'asc' } }),
    ])
    const changes = await latestChanges(db, workspaceId, objects)
    return succeed({ cameFrom: first ? auditLineOf(first) : null, changes: changes.map(auditLineOf) })
  },
})

/** Every change of an endpoint raises its `updatedAt`: the latest changes are among the endpoints changed last. */
async function objectsOf(db: Db, connectorId: string): Promise<ObjectRef[]> {
  const [methods, endpoints, variables] = await Promise.all([
    db.authenticationMethod.findMany({ where: { connectorId }, select: { id: true } }),
    db.endpoint.findMany({
      where: { connectorId },
      orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
      take: shown,
      select: { id: true },
    }),
    db.variable.findMany({
      where: { connectorId, level: { in: ['connector', 'method'] } },
      orderBy: { position: 'desc' },
      take: mostVariables,
      select: { id: true },
    }),
  ])
  return [
    ...refs(['connector', 'origin'], [{ id: connectorId }]),
    ...refs(['authentication_method', 'enablement'], methods),
    ...refs(['endpoint', 'enablement'], endpoints),
    ...refs(['variable'], variables),
  ]
}

function refs(types: ObjectType[], rows: { id: string }[]): ObjectRef[] {
  return rows.flatMap(({ id }) => types.map((type) => ({ type, id })))
}

function latestChanges(db: Db, workspaceId: string, objects: ObjectRef[]): Promise<AuditLog[]> {
  return db.$queryRaw<AuditLog[]>`
    SELECT line.*
    FROM unnest(${objects.map(({ type }) => type)}::text[], ${objects.map(({ id }) => id)}::uuid[]) AS object ("type", "id")
    CROSS JOIN LATERAL (
      SELECT * FROM "AuditLog"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "objectType" = object."type" AND "objectId" = object."id"
      ORDER BY "at" DESC LIMIT ${shown}
    ) line
    ORDER BY line."at" DESC, line."id" DESC
    LIMIT ${shown}`
}
