import 'server-only'
import { foldName } from '@/lib/domain/names'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { ImportChange } from '@/lib/platform/db/generated/client'
import type { UpdateContext } from './read-context'

type Owner = { workspaceId: string; importId: string }

/** What an update would do with an item. */
export type Comparison = {
  id: string
  change: ImportChange
  chosen: boolean
  baseId: string | null
  partKey: string | null
  /** Empty: the name in the document. */
  newName: string
  conflicts: number
  isLocal: boolean
}

/**
 * Finds the items that the document had before, word for word, in the database alone. One that the connector does not
 * have was left out, or deleted since.
 * @param shifted names of methods that now mean another method of the connector
 */
export async function markSame(
  tx: WorkspaceTransaction,
  { workspaceId, importId }: Owner,
  { base, connectorId }: UpdateContext,
  { kind, shifted }: { kind: 'method' | 'endpoint'; shifted: readonly string[] },
): Promise<void> {
  await tx.$executeRaw`
    WITH part AS (
      SELECT 'endpoint'::"ImportItemKind" AS "kind", "key" FROM "Endpoint"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "connectorId" = ${connectorId}::uuid
      UNION ALL
      SELECT 'method'::"ImportItemKind", "key" FROM "AuthenticationMethod"
      WHERE "workspaceId" = ${workspaceId}::uuid AND "connectorId" = ${connectorId}::uuid
    ), same AS (
      SELECT now."id", before."id" AS "baseId", part."key" AS "partKey"
      FROM "ImportItem" now
      JOIN "ImportItem" before ON before."kind" = now."kind" AND before."key" = now."key" AND before."tag" = now."tag"
      LEFT JOIN part ON part."kind" = before."kind" AND part."key" = before."partKey"
      WHERE now."workspaceId" = ${workspaceId}::uuid AND now."importId" = ${importId}::uuid
        AND before."workspaceId" = ${workspaceId}::uuid AND before."importId" = ${base!.id}::uuid
        AND now."kind" = ${kind}::"ImportItemKind" AND NOT now."accepts" && ${[...shifted]}::text[]
        AND before."definition"::text = now."definition"::text
    )
    UPDATE "ImportItem" SET
      "baseId" = same."baseId", "partKey" = same."partKey", "chosen" = same."partKey" IS NOT NULL,
      "change" = CASE WHEN same."partKey" IS NULL THEN 'left_out' ELSE 'same' END::"ImportChange"
    FROM same WHERE "ImportItem"."workspaceId" = ${workspaceId}::uuid AND "ImportItem"."id" = same."id"`
}

export async function writeComparisons(
  tx: WorkspaceTransaction,
  { workspaceId, importId }: Owner,
  comparisons: readonly Comparison[],
): Promise<void> {
  const rows = comparisons.map((row) => ({ ...row, foldedName: foldName(row.newName) }))
  await tx.$executeRaw`
    UPDATE "ImportItem" SET
      "change" = item."change"::"ImportChange", "chosen" = item."chosen", "baseId" = item."baseId",
      "partKey" = item."partKey", "conflicts" = item."conflicts", "isLocal" = item."isLocal",
      "newName" = item."newName",
"foldedName" = CASE WHEN item."newName" = '' THEN "ImportItem"."foldedName" ELSE item."foldedName" END
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS item ("id" uuid, "change" text, "foldedName" text, "chosen" boolean,
      "baseId" uuid, "partKey" text, "newName" text, "conflicts" int, "isLocal" boolean)
    WHERE "ImportItem"."workspaceId" = ${workspaceId}::uuid AND "ImportItem"."importId" = ${importId}::uuid
      AND "ImportItem"."id" = item."id"`
}

/** How many shapes call an endpoint, and how many instances a method has, of those that the update changes. */
export async function countUses(
  tx: WorkspaceTransaction,
  { workspaceId, importId }: Owner,
  connectorId: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ImportItem" item SET "uses" = used."count"
    FROM (
      SELECT 'endpoint'::"ImportItemKind" AS "kind", endpoint."key", count(*)::int AS "count"
      FROM "Shape" shape JOIN "Endpoint" endpoint ON endpoint."id" = shape."endpointId"
      JOIN "FlowVersion" version ON version."id" = shape."flowVersionId" AND version."state" IN ('draft', 'deployed')
      WHERE shape."workspaceId" = ${workspaceId}::uuid AND shape."connectorId" = ${connectorId}::uuid
      GROUP BY endpoint."key"
      UNION ALL
      SELECT 'method'::"ImportItemKind", method."key", count(*)::int
      FROM "Instance" instance JOIN "AuthenticationMethod" method ON method."id" = instance."methodId"
      WHERE instance."workspaceId" = ${workspaceId}::uuid AND instance."connectorId" = ${connectorId}::uuid
      GROUP BY method."key"
    ) used
    WHERE item."workspaceId" = ${workspaceId}::uuid AND item."importId" = ${importId}::uuid
      AND item."kind" = used."kind" AND item."partKey" = used."key" AND item."change" <> 'same'`
}
