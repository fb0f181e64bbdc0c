import 'server-only'
import { freeKeys } from '@/lib/domain/free-names'
import { slugify } from '@/lib/domain/names'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { rowColumns } from './endpoint-rows'
import { Pace } from './pace'
import { hasOwnKeys } from './update/key-kinds'
import { linkItems } from './update/link-items'

/** In endpoints, for each of which only names and keys pass through this process. */
const batchSize = 250
/** Of an import that takes long. */
const manyEndpoints = 5_000

type Written = {
  workspaceId: string
  importId: string
  connectorId: string
  /** Of the document. */
  format: string
  /** The new methods by their names in the document. */
  methodIds: ReadonlyMap<string, string>
  userId: string | null
}

/**
 * Writes the chosen endpoints of an import into its new connector, with what they accept (rule R2: the person has seen it
 * in the preview). The database copies them out of the items, whose rows were made and checked when the document was
 * read. Each endpoint gets the ID of its item.
 * @returns how many
 */
export async function writeImportedEndpoints(tx: WorkspaceTransaction, written: Written): Promise<number> {
  const pace = new Pace()
  const batches: Batch[] = []
  const parts: { id: string; key: string }[] = []
  for await (const { named, ...batch } of namedBatches(tx, written)) {
    await pace.run(parts.length >= manyEndpoints, () => writeEndpoints(tx, written, batch, JSON.stringify(named)))
    batches.push(batch)
    parts.push(...named.map(({ id, key }) => ({ id, key })))
  }
  // So that the foreign keys of their parts are checked by index, although the table was small before.
  if (parts.length >= manyEndpoints) await tx.$executeRaw`ANALYZE (SKIP_LOCKED) "Endpoint"`
  for (const batch of batches) await pace.run(parts.length >= manyEndpoints, () => writeParts(tx, written, batch))
  await linkItems(tx, written, parts)
  return parts.length
}

/** Items between two positions: after the first, up to the last. */
type Batch = { after: number; last: number }
type Named = { id: string; name: string; foldedName: string; key: string }

async function* namedBatches(
  tx: WorkspaceTransaction,
  { importId, format }: Written,
): AsyncGenerator<Batch & { named: Named[] }> {
  const keys = freeKeys()
  for (let after = -1; ;) {
    const items = await tx.importItem.findMany({
      where: { importId, kind: 'endpoint', chosen: true, position: { gt: after } },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      take: batchSize,
      select: { id: true, position: true, key: true, name: true, newName: true, foldedName: true },
    })
    const last = items.at(-1)?.position
    if (last === undefined) return
    const named = items.map(({ id, key, foldedName, ...item }) => {
      const name = item.newName || item.name
      return { id, name, foldedName, key: keys.takeFree(hasOwnKeys(format) ? key : slugify(name)) }
    })
    yield { after, last, named }
    after = last
  }
}

/** @param named `Named[]` as JSON */
async function writeEndpoints(tx: WorkspaceTransaction, written: Written, batch: Batch, named: string): Promise<void> {
  const { connectorId, userId } = written
  const { endpoint } = rowColumns
  await tx.$executeRaw`
    INSERT INTO "Endpoint" ("id", "workspaceId", "connectorId", "key", "name", "foldedName", "updatedById", ${listed(endpoint)})
    SELECT item."id", item."workspaceId", ${connectorId}::uuid, named."key", named."name", named."foldedName",
      ${userId}::uuid, ${listed(endpoint, 'part')}
    FROM json_to_recordset(${named}::json) AS named ("id" uuid, "key" text, "name" text, "foldedName" text)
    JOIN "ImportItem" item ON item."id" = named."id" AND ${isIn(written, batch)},
      json_populate_record(NULL::"Endpoint", item."rows" -> 'endpoint') AS part`
}

/** What belongs to the endpoints, and what they accept. */
async function writeParts(tx: WorkspaceTransaction, written: Written, batch: Batch): Promise<void> {
  const { connectorId, methodIds, userId } = written
  const { variables, parameters } = rowColumns
  const isInBatch = isIn(written, batch)
  await tx.$executeRaw`
    INSERT INTO "Variable" ("workspaceId", "connectorId", "endpointId", "level", "position", ${listed(variables)})
    SELECT item."workspaceId", ${connectorId}::uuid, item."id", 'endpoint', part."ordinality" - 1, ${listed(variables, 'part')}
    FROM "ImportItem" item,
      json_populate_recordset(NULL::"Variable", item."rows" -> 'variables') WITH ORDINALITY AS part
    WHERE ${isInBatch}`
  await tx.$executeRaw`
    INSERT INTO "Parameter" ("workspaceId", "connectorId", "endpointId", "position", ${listed(parameters)})
    SELECT item."workspaceId", ${connectorId}::uuid, item."id", part."ordinality" - 1, ${listed(parameters, 'part')}
    FROM "ImportItem" item,
      json_populate_recordset(NULL::"Parameter", item."rows" -> 'parameters') WITH ORDINALITY AS part
    WHERE ${isInBatch}`
  const methods = JSON.stringify([...methodIds].map(([name, id]) => ({ name, id })))
  await tx.$executeRaw`
    INSERT INTO "Enablement" ("workspaceId", "connectorId", "endpointId", "methodId", "enabledById")
    SELECT item."workspaceId", ${connectorId}::uuid, item."id", method."id", ${userId}::uuid
    FROM "ImportItem" item, json_to_recordset(${methods}::json) AS method ("name" text, "id" uuid)
    WHERE ${isInBatch} AND method."name" = ANY (item."accepts")`
}

function isIn({ workspaceId, importId }: Written, { after, last }: Batch): Prisma.Sql {
  return Prisma.sql`item."workspaceId" = ${workspaceId}::uuid AND item."importId" = ${importId}::uuid
    AND item."kind" = 'endpoint' AND item."chosen" AND item."position" > ${after} AND item."position" <= ${last}`
}

/** @param of the table that they are read from */
function listed(columns: readonly string[], of?: string): Prisma.Sql {
  return Prisma.raw(columns.map((column) => (of === undefined ? `"${column}"` : `${of}."${column}"`)).join(', '))
}
