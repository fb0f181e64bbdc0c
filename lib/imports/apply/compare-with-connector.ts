import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import type { ImportWork } from '../import-work'
import { ChangeTexts } from './change-texts'
import { ComparingImport, type ImportComparison, type ImportedChange } from './import-comparison'
import { ImportedDocument } from './imported-document'
import { mostTexts } from './schema'
import { keyOf } from './target'
import { totalsOf, type ComparedDocument } from './views'

/** As many changes are listed; `totals` counts all. */
const mostChanges = 1_000

/** How often it is compared again with a connector that is changed meanwhile. */
const attempts = 3

/** What applying the document of an import would change, when the connector had this stamp. */
export type StoredComparison = ComparedDocument & { stamp: string }

type Stamped = { id: string; stamp: string }

/**
 * The connector that has a key now. The stamp changes with everything that its document contains: what decides a call
 * raises the generation, and everything else, such as the colour, raises it with the revision.
 */
export async function connectorNow(db: WorkspaceDb | WorkspaceTransaction, key: string): Promise<Stamped | null> {
  const row = await db.connector.findFirst({ where: { key }, select: { id: true, generation: true } })
  return row && { id: row.id, stamp: `${row.id} ${row.generation}` }
}

/**
 * Compares the document of an import with the connector that it describes, and stores the result.
 * @param definition of the import
 * @returns null if another version of Patchbay has read the document
 */
export async function compareWithConnector(work: ImportWork, definition: unknown): Promise<StoredComparison | null> {
  const { db, row } = work
  const document = await ImportedDocument.read(db, row.id, definition)
  if (document === null) return null
  const { plan } = document
  const key = keyOf(plan)
  for (let attempt = 1; ; attempt += 1) {
    const connector = await connectorNow(db, key)
    const comparing = new ComparingImport(db, document, row.removeOthers)
    const compared = connector === null ? await comparing.withNothing(key) : await comparing.with(connector.id)
    if (compared === null) continue
    const { documentHash, changes } = compared
    const connectorId = connector?.id ?? null
    const shown = await shownChanges(new ChangeTexts(db, connectorId, document, compared.small), compared)
    // A connector is read in several statements, between which someone may change it.
    if ((await connectorNow(db, key))?.stamp !== connector?.stamp && attempt < attempts) continue
    const about = { connectorId, key, name: plan.details.name, documentHash }
    const comparison = { ...about, totals: totalsOf(changes), changes: shown, stamp: connector?.stamp ?? '' }
    await work.write({ comparison: comparison satisfies Prisma.InputJsonObject }, (tx) =>
      markItems(tx, work.owner, connectorId === null ? [] : changes),
    )
    return comparison
  }
}

async function shownChanges(texts: ChangeTexts, { changes }: ImportComparison): Promise<ComparedDocument['changes']> {
  const isLeft = ({ change }: ImportedChange) => change === 'left'
  const made = changes.filter((change) => !isLeft(change))
  const listed = [...made, ...changes.filter(isLeft)].slice(0, mostChanges)
  const texted = await texts.of(listed.slice(0, mostTexts))
  return listed.map(({ itemId: _itemId, ...view }, index) => ({
    ...view,
    ...(texted[index] ?? { before: null, after: null }),
  }))
}

/** Notes which items are new and changed; the others are the same as in the connector. */
async function markItems(
  tx: WorkspaceTransaction,
  { workspaceId, importId }: ImportWork['owner'],
  changes: readonly ImportedChange[],
): Promise<void> {
  const marks = changes.flatMap(({ itemId: id, change }) => (id === null ? [] : [{ id, change }]))
  await tx.$executeRaw`
    UPDATE "ImportItem" SET "change" = NULL
    WHERE "workspaceId" = ${workspaceId}::uuid AND "importId" = ${importId}::uuid AND "change" IS NOT NULL`
  await tx.$executeRaw`
    UPDATE "ImportItem" item SET "change" = mark."change"::"ImportChange"
    FROM json_to_recordset(${JSON.stringify(marks)}::json) AS mark ("id" uuid, "change" text)
    WHERE item."id" = mark."id" AND item."workspaceId" = ${workspaceId}::uuid AND item."importId" = ${importId}::uuid`
}
