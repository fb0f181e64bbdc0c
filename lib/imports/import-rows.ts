import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import type { ReportLine } from './openapi/report'

type Owner = { workspaceId: string; importId: string }

/** @param first the position of the first line */
export function linesOf(lines: readonly ReportLine[], owner: Owner, first = 0): Prisma.ImportLineCreateManyInput[] {
  return lines.map((line, index) => ({ ...line, ...owner, id: newId(), position: first + index }))
}

/**
 * Counts the items for the planner of the database. Without it, statements on thousands of new items compare each with
 * each, until the database counts by itself a minute later.
 */
export async function countItems(db: WorkspaceDb): Promise<void> {
  await db.$executeRaw`ANALYZE (SKIP_LOCKED) "ImportItem"`
}

/** Adds a line to the end of a report that was written. */
export async function appendLine(tx: WorkspaceTransaction, owner: Owner, line: ReportLine): Promise<void> {
  const lines = await tx.importLine.count({ where: { importId: owner.importId } })
  await tx.importLine.createMany({ data: linesOf([line], owner, lines) })
}

/**
 * Writes items as one statement out of one text, which the process that reads has made: as parameters of Prisma, a
 * batch would block this process for a twentieth of a second.
 * @param items a JSON list of `ReadItem`
 * @param first the position of the first item
 * @param hasRows whether the endpoints are stored out of these items; otherwise their rows are not needed
 */
export async function writeItems(
  tx: WorkspaceTransaction,
  { workspaceId, importId }: Owner,
  items: string,
  first: number,
  hasRows: boolean,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "ImportItem" ("id", "workspaceId", "importId", "kind", "position", "key", "name", "foldedName",
      "pointer", "tag", "httpMethod", "url", "accepts", "endpoints", "definition", "rows")
    SELECT item."id", ${workspaceId}::uuid, ${importId}::uuid, item."kind"::"ImportItemKind",
      (${first}::int + row_number() OVER () - 1)::int, item."key", item."name", item."foldedName",
      item."pointer", item."tag", item."httpMethod", item."url", item."accepts", item."endpoints", item."definition"::json,
      CASE WHEN ${hasRows} THEN item."rows"::json END
    FROM json_to_recordset(${items}::json) AS item ("id" uuid, "kind" text, "key" text, "name" text,
      "foldedName" text, "pointer" text, "tag" text, "httpMethod" text, "url" text, "accepts" text[],
      "endpoints" int, "definition" text, "rows" text)`
}
