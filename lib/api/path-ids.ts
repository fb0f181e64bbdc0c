import 'server-only'
import { limitsOf, type Actor } from '@/lib/domain/access/actor'
import { notFound, type Noun } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import { isId } from '@/lib/operations/input'
import { workspaceDb, type WorkspaceDb } from '@/lib/platform/db/client'
import type { PathValues } from './route'

/**
 * Connectors, instances and flows can be addressed by ID or by stable key; endpoints and authentication methods by key
 * only below their connector (DATA §14).
 */

type Where = { id: string } | { key: string }
/** @param connectorId of the same address */
type Find = (db: WorkspaceDb, where: Where, connectorId: string | undefined) => Promise<{ id: string } | null>

const select = { id: true } as const

const addressed: Readonly<Record<string, { noun: Noun; find: Find }>> = {
  connectorId: { noun: 'connector', find: (db, where) => db.connector.findFirst({ where, select }) },
  instanceId: { noun: 'instance', find: (db, where) => db.instance.findFirst({ where, select }) },
  flowId: { noun: 'flow', find: (db, where) => db.flow.findFirst({ where, select }) },
  endpointId: {
    noun: 'endpoint',
    find: (db, where, connectorId) => db.endpoint.findFirst({ where: { ...where, connectorId }, select }),
  },
  methodId: {
    noun: 'authentication_method',
    find: (db, where, connectorId) => db.authenticationMethod.findFirst({ where: { ...where, connectorId }, select }),
  },
}

/**
 * The IDs of the objects that an address names. Each must exist, be visible to the actor, and belong to the connector of
 * the address.
 */
export async function idsOfPath(actor: Actor, path: PathValues): Promise<Result<PathValues>> {
  const db = workspaceDb(actor.workspaceId, limitsOf(actor))
  const ids: PathValues = {}
  for (const [name, text] of Object.entries(path)) {
    const object = addressed[name]
    if (!object) {
      ids[name] = text
      continue
    }
    const where = isId(text) ? { id: text } : { key: text }
    const found = text.includes('\0') ? null : await object.find(db, where, ids.connectorId)
    if (!found) return notFound(object.noun)
    ids[name] = found.id
  }
  return succeed(ids)
}
