import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'

type Owner = { workspaceId: string; importId: string; connectorId: string }

/**
 * Adds the schemas of the document and replaces those that it has changed, except those that were changed here since the
 * last import. In the database alone, because a schema may have megabytes.
 */
export async function writeSchemas(
  tx: WorkspaceTransaction,
  { workspaceId, importId, connectorId }: Owner,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "ConnectorSchema" AS here ("id", "workspaceId", "connectorId", "name", "schema")
    SELECT gen_random_uuid(), now."workspaceId", ${connectorId}::uuid, now."name", now."definition"
    FROM "ImportItem" now
    WHERE now."workspaceId" = ${workspaceId}::uuid AND now."importId" = ${importId}::uuid AND now."kind" = 'schema'
    ON CONFLICT ("workspaceId", "connectorId", "name") DO UPDATE SET "schema" = excluded."schema"
    WHERE here."schema"::text IS DISTINCT FROM excluded."schema"::text AND EXISTS (
      SELECT 1 FROM "ImportItem" before JOIN "Import" import ON import."id" = before."importId"
      WHERE before."workspaceId" = ${workspaceId}::uuid AND import."connectorId" = ${connectorId}::uuid
        AND before."kind" = 'schema' AND before."name" = here."name"
        AND before."definition"::text = here."schema"::text
    )`
}

/** References may form chains; each round removes what nothing refers to any more. */
const mostRounds = 50

/**
 * Removes the schemas that only the document before had, unless an endpoint or another schema still refers to them or they
 * were changed here.
 */
export async function removeSchemas(tx: WorkspaceTransaction, owner: Owner): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) if ((await removeUnused(tx, owner)) === 0) return
}

function removeUnused(tx: WorkspaceTransaction, { workspaceId, importId, connectorId }: Owner): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM "ConnectorSchema" here
    WHERE here."workspaceId" = ${workspaceId}::uuid AND here."connectorId" = ${connectorId}::uuid
      AND EXISTS (
        SELECT 1 FROM "ImportItem" before JOIN "Import" import ON import."id" = before."importId"
        WHERE before."workspaceId" = ${workspaceId}::uuid AND import."connectorId" = ${connectorId}::uuid
          AND before."importId" <> ${importId}::uuid AND before."kind" = 'schema' AND before."name" = here."name"
          AND before."definition"::text = here."schema"::text
      )
      AND NOT EXISTS (
        SELECT 1 FROM "ImportItem" now WHERE now."workspaceId" = ${workspaceId}::uuid
          AND now."importId" = ${importId}::uuid AND now."kind" = 'schema' AND now."name" = here."name"
      )
      AND NOT EXISTS (
        SELECT 1 FROM "Endpoint" endpoint WHERE endpoint."workspaceId" = ${workspaceId}::uuid
          AND endpoint."connectorId" = ${connectorId}::uuid
          AND here."name" IN (endpoint."requestSchema", endpoint."responseSchema")
      )
      AND NOT EXISTS (
        SELECT 1 FROM "ConnectorSchema" other WHERE other."workspaceId" = ${workspaceId}::uuid
          AND other."connectorId" = ${connectorId}::uuid AND other."id" <> here."id"
          AND position(to_json('#/$defs/' || replace(replace(here."name", '~', '~0'), '/', '~1'))::text
            IN other."schema"::text) > 0
      )`
}
