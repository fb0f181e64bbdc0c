import 'server-only'
import { z } from 'zod'
import { limitsOf, type Actor } from '@/lib/domain/access/actor'
import { notFound, type Noun } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import { workspaceDb, type WorkspaceDb } from '@/lib/platform/db/client'
import type { PathValues } from './route'

/**
 * Connectors, instances and flows can be addressed by ID or by stable key; endpoints and authentication methods by key
 * only below their connector (DATA §14).
 */

const uuid = z.uuid()
export const isId = (text: string) => uuid.safeParse(text).success

type Found = Promise<{ id: string } | null>
type Finder = { noun: Noun; find: (db: WorkspaceDb, key: string, path: PathValues) => Found }

const select = { id: true } as const

const byKey: Record<string, Finder> = {
  connectorId: { noun: 'connector', find: (db, key) => db.connector.findFirst({ where: { key }, select }) },
  instanceId: { noun: 'instance', find: (db, key) => db.instance.findFirst({ where: { key }, select }) },
  flowId: { noun: 'flow', find: (db, key) => db.flow.findFirst({ where: { key }, select }) },
  endpointId: {
    noun: 'endpoint',
    find: (db, key, { connectorId }) =>
      connectorId === undefined ? none : db.endpoint.findFirst({ where: { key, connectorId }, select }),
  },
  methodId: {
    noun: 'authentication_method',
    find: (db, key, { connectorId }) =>
      connectorId === undefined ? none : db.authenticationMethod.findFirst({ where: { key, connectorId }, select }),
  },
}
const none: Found = Promise.resolve(null)

const belowConnector: Record<string, Finder['find']> = {
  endpointId: (db, id, { connectorId = '' }) => db.endpoint.findFirst({ where: { id, connectorId }, select }),
  methodId: (db, id, { connectorId = '' }) => db.authenticationMethod.findFirst({ where: { id, connectorId }, select }),
}

/**
 * The IDs of the objects that an address names. An endpoint or method must belong to the connector of the address.
 */
export async function idsOfPath(actor: Actor, path: PathValues): Promise<Result<PathValues>> {
  const db = workspaceDb(actor.workspaceId, limitsOf(actor))
  const ids: PathValues = {}
  for (const [name, text] of Object.entries(path)) {
    const id = await idOfPart(db, name, text, ids)
    if (!id.ok) return id
    ids[name] = id.value
  }
  return succeed(ids)
}

async function idOfPart(db: WorkspaceDb, name: string, text: string, before: PathValues): Promise<Result<string>> {
  const finder = byKey[name]
  if (!finder) return succeed(text)
  if (!isId(text)) {
    const found = text.includes('\0') ? null : await finder.find(db, text, before)
    return found ? succeed(found.id) : notFound(finder.noun)
  }
  const below = before.connectorId === undefined ? undefined : belowConnector[name]
  if (!below) return succeed(text)
  return (await below(db, text, before)) ? succeed(text) : notFound(finder.noun)
}
