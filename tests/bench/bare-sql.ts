/** Hand-written SQL for exactly the rows of a screen, one statement each. */

const offeredColumns = `e."id", e."name", e."entityType", e."direction", e."httpMethod", e."url", e."deprecated"`
const offeredRows = `
  FROM "Instance" i JOIN "Enablement" n ON n."methodId" = i."methodId" JOIN "Endpoint" e ON e."id" = n."endpointId"
  WHERE i."id" = $1 AND i."workspaceId" = $2`
const offeredOrder = `ORDER BY e."entityType", e."foldedName", e."id" LIMIT 50`

export const bareSql = {
  offered: `SELECT ${offeredColumns} ${offeredRows} ${offeredOrder}`,
  offeredSearched: `SELECT ${offeredColumns} ${offeredRows}
    AND (position($3 in e."foldedName") > 0 OR position($3 in lower(e."entityType")) > 0 OR position($3 in lower(e."url")) > 0) ${offeredOrder}`,
  /** The fastest way: the instance is known, and the planner is prevented from joining. */
  offeredQuickest: `SELECT ${offeredColumns} FROM "Endpoint" e WHERE e."workspaceId" = $1 AND e."connectorId" = $2
    AND (e."id" IN (SELECT "endpointId" FROM "Enablement" WHERE "methodId" = $3)) IS TRUE ${offeredOrder}`,
  instanceOptions: `
    SELECT i."id", i."name", i."status", c."name" AS "connectorName", m."name" AS "methodName"
    FROM "Instance" i JOIN "Connector" c ON c."id" = i."connectorId" JOIN "AuthenticationMethod" m ON m."id" = i."methodId"
    WHERE i."workspaceId" = $1 AND i."status" <> 'awaiting_authorisation' ORDER BY i."foldedName", i."id" LIMIT 50`,
  connectors: `
    SELECT c."id", c."name", c."versionLabel", c."systemType", c."updatedAt",
      ARRAY(SELECT i."id"::text FROM "Instance" i WHERE i."connectorId" = c."id" ORDER BY i."foldedName", i."id" LIMIT 5) AS "instances",
      (SELECT count(*) FROM "Instance" i WHERE i."connectorId" = c."id") AS "instancesTotal",
      (SELECT count(*) FROM "Endpoint" e WHERE e."connectorId" = c."id") AS "endpoints",
      (SELECT count(*) FROM "AuthenticationMethod" m WHERE m."connectorId" = c."id") AS "methods",
      (SELECT count(*) FROM "Connector" WHERE "workspaceId" = $1) AS "total",
      (SELECT count(*) FROM "Instance" WHERE "workspaceId" = $1) AS "allInstances"
    FROM "Connector" c WHERE c."workspaceId" = $1 ORDER BY c."foldedName", c."id" LIMIT 50`,
  matrix: `
    SELECT e."id", e."name", e."entityType", e."httpMethod", e."url", ARRAY(SELECT n."methodId" FROM "Enablement" n WHERE n."endpointId" = e."id") AS "methodIds"
    FROM "Endpoint" e WHERE e."connectorId" = $1 AND e."workspaceId" = $2 ORDER BY e."entityType", e."foldedName", e."id"`,
  disable: `DELETE FROM "Enablement" WHERE "methodId" = $1 AND "endpointId" = ANY($2)`,
  enable: `
    INSERT INTO "Enablement" ("workspaceId", "connectorId", "methodId", "endpointId")
    SELECT $1, $2, $3, "endpointId" FROM unnest($4::uuid[]) "endpointId" ON CONFLICT DO NOTHING`,
  flows: `
    SELECT f."id", f."name", f."description", f."updatedAt",
      (SELECT count(*) FROM "FlowVersion" v JOIN "Shape" s ON s."flowVersionId" = v."id" WHERE v."flowId" = f."id" AND v."state" = 'draft') AS "shapes",
      (SELECT count(*) FROM "FlowVersion" v JOIN "Shape" s ON s."flowVersionId" = v."id" JOIN "Instance" i ON i."id" = s."instanceId"
        JOIN "Enablement" n ON n."methodId" = i."methodId" AND n."endpointId" = s."endpointId" WHERE v."flowId" = f."id" AND v."state" = 'draft') AS "ready",
      (SELECT count(*) FROM "Flow" WHERE "workspaceId" = $1) AS "total"
    FROM "Flow" f WHERE f."workspaceId" = $1 ORDER BY f."foldedName", f."id" LIMIT 50`,
  requests: `
    SELECT "id", "at", "purpose", "outcome", "subject", "userId", "httpMethod", "url", "status", "durationMs", "errorMessage",
      (SELECT count(*) FROM (SELECT FROM "RequestLog" WHERE "workspaceId" = $1 LIMIT 10000) newest) AS "total"
    FROM "RequestLog" WHERE "workspaceId" = $1 ORDER BY "at" DESC, "id" DESC LIMIT 50`,
  changes: `
    SELECT "id", "at", "actorName", "action", "objectType", "objectName", "changes", (SELECT count(*) FROM "AuditLog" WHERE "workspaceId" = $1) AS "total"
    FROM "AuditLog" WHERE "workspaceId" = $1 ORDER BY "at" DESC, "id" DESC LIMIT 50`,
} as const
