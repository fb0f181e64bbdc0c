import 'server-only'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import { readEndpoints } from '../read-connector-document'
import type { PartValue } from './item-parts'
import type { Recognised } from './match-items'
import type { UpdateContext } from './read-context'

type Db = WorkspaceDb | WorkspaceTransaction
type Kind = 'method' | 'endpoint'

/** All methods or endpoints of the connector, with what they are recognised by. */
export async function partsHere(db: Db, { connectorId }: UpdateContext, kind: Kind): Promise<Recognised[]> {
  if (kind === 'endpoint') {
    const select = { id: true, key: true, name: true, httpMethod: true, url: true }
    const rows = await db.endpoint.findMany({ where: { connectorId }, select })
    return rows.map((row) => ({ ...row, tag: '' }))
  }
  const select = { id: true, key: true, name: true, type: true }
  const rows = await db.authenticationMethod.findMany({ where: { connectorId }, select })
  return rows.map(({ type, ...row }) => ({ ...row, tag: authenticationTypes[type], httpMethod: '', url: '' }))
}

/** Some of them, as parts of the connector's document. */
export async function partsByKey(
  db: Db,
  { connectorId, methods, methodRows }: UpdateContext,
  kind: Kind,
  keys: readonly string[],
): Promise<Map<string, PartValue>> {
  const parts = kind === 'method' ? methods : ((await readEndpoints(db, connectorId, methodRows, keys)) as PartValue[])
  return new Map(parts.map((part) => [part.key, part]))
}
