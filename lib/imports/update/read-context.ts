import 'server-only'
import { freeKeys } from '@/lib/domain/free-names'
import { slugify } from '@/lib/domain/names'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import { readConnectorDocument } from '../read-connector-document'
import { findBase, type Base } from './find-base'
import type { PartValue } from './item-parts'

type Db = WorkspaceDb | WorkspaceTransaction

/** What every item of an update is read with: the connector as it is, and the keys of the methods in both documents. */
export type UpdateContext = {
  connectorId: string
  key: string
  base: Base | null
  /** The connector's, without methods and endpoints. */
  details: PartValue
  methods: PartValue[]
  methodRows: { id: string; key: string }[]
  /** Keys of methods by the names in the document, now and before. */
  keysNow: ReadonlyMap<string, string>
  keysBefore: ReadonlyMap<string, string>
}

/**
 * Null if the connector does not exist any more.
 * @param chosenOnly methods that are left out have no key then, unless the connector has them
 */
export async function readUpdateContext(
  db: Db,
  { importId, connectorId, chosenOnly }: { importId: string; connectorId: string; chosenOnly: boolean },
): Promise<UpdateContext | null> {
  const parts = await readConnectorDocument(db, connectorId)
  if (!parts) return null
  const methodRows = await db.authenticationMethod.findMany({
    where: { connectorId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, key: true },
  })
  const base = await findBase(db, connectorId)
  const keysBefore = new Map<string, string>()
  for (const { name, partKey } of base ? await methodItems(db, base.id) : [])
    if (partKey !== null) keysBefore.set(name, partKey)
  return {
    ...{ connectorId, key: parts.key, base, methodRows, keysBefore },
    details: parts.details as PartValue,
    methods: parts.methods as PartValue[],
    keysNow: await keysOf(db, importId, methodRows, chosenOnly),
  }
}

/** A new method gets a key of its own, made of its name. */
async function keysOf(
  db: Db,
  importId: string,
  methods: UpdateContext['methodRows'],
  chosenOnly: boolean,
): Promise<Map<string, string>> {
  const free = freeKeys(methods.map(({ key }) => key))
  const keys = new Map<string, string>()
  for (const { key, name, newName, partKey, change, chosen } of await methodItems(db, importId)) {
    if (change === 'removed') continue
    if (partKey !== null) keys.set(name, partKey)
    else if (chosen || !chosenOnly) keys.set(name, free.takeFree(slugify(newName || key)))
  }
  return keys
}

function methodItems(db: Db, importId: string) {
  return db.importItem.findMany({
    where: { importId, kind: 'method' },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { key: true, name: true, newName: true, partKey: true, change: true, chosen: true },
  })
}
