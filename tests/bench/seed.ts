import { Client } from 'pg'
import { createPartitions } from '@/lib/platform/db/partitions'
import type { PersonActor } from '@/lib/domain/access/actor'

/**
 * Creates a workspace of a given size in Postgres itself: one statement per table, so that a hundred thousand rows take
 * seconds. Names contain numbers with leading zeros, so that sorting and searching have something to do.
 */

export type SeedSize = {
  connectors: number
  instances: number
  /** Endpoints and methods of the large connector; the others have four and two. */
  endpoints: number
  methods: number
  flows: number
  requests: number
  changes: number
  /** Open sessions of the only person. */
  sessions: number
  /** Colleagues, each with an invitation that nobody has accepted. */
  people: number
  /** API keys of the only person. */
  keys: number
}

/** The size at which the lists, the matrix and the picker must stay fast. */
export const fullSize: SeedSize = {
  connectors: 500,
  instances: 5_000,
  endpoints: 2_000,
  methods: 10,
  flows: 200,
  requests: 100_000,
  changes: 20_000,
  sessions: 5_000,
  people: 3_000,
  keys: 2_000,
}

export const seededDays = 7

export type SeededWorkspace = {
  actor: PersonActor
  /** The large connector, its methods (the first is enabled on every endpoint) and its endpoints, in their order. */
  connectorId: string
  methodIds: string[]
  endpointIds: string[]
  /** An instance of the large connector's first method. */
  instanceId: string
  /** A shape that calls an endpoint of the large connector, and its flow. */
  flowId: string
  shapeId: string
  /** An import that is ready, with an endpoint for each of the workspace. */
  importId: string
  /** A key that made a tenth of the changes and requests. */
  keyId: string
}

type Sql = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>

/** The app's environment must already name the same database: partitions are made by the app's own code. */
export async function seedWorkspace(url: string, size: SeedSize, name = 'Northwind'): Promise<SeededWorkspace> {
  const client = new Client({ connectionString: url })
  // The running statement also gets the error of a lost connection, and reports it.
  client.on('error', () => {})
  await client.connect()
  const sql: Sql = async (text, values) => (await client.query(text, values)).rows
  try {
    await client.query('BEGIN')
    const actor = await seedPeople(sql, name, size)
    const keyId = await seedKeys(sql, actor, size)
    await seedConnectors(sql, actor, size)
    await seedEnablements(sql, actor)
    await seedInstances(sql, actor, size)
    const importId = await seedImports(sql, actor)
    await seedDefinitions(sql, actor)
    await seedFlows(sql, actor, size)
    await seedChanges(sql, actor, size, keyId)
    await client.query('COMMIT')
    await seedRequests(sql, actor, size, keyId)
    await client.query('VACUUM ANALYZE')
    return { ...(await describeSeeded(sql, actor)), importId, keyId }
  } finally {
    await client.end()
  }
}

async function seedPeople(
  sql: Sql,
  name: string,
  { sessions, people }: Pick<SeedSize, 'sessions' | 'people'>,
): Promise<PersonActor> {
  const [workspace] = await sql<{ id: string }>(
    `INSERT INTO "Workspace" ("id", "name") VALUES (gen_random_uuid(), $1) RETURNING "id"`,
    [name],
  )
  const [user] = await sql<{ id: string; name: string }>(
    `INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES (gen_random_uuid(), lower($1) || '@example.com', 'Dana Field', 'none') RETURNING "id", "name"`,
    [name],
  )
  await sql(
    `INSERT INTO "Membership" ("workspaceId", "userId", "role", "foldedName") VALUES ($1, $2, 'administrator', 'dana field')`,
    [workspace!.id, user!.id],
  )
  await sql(
    `WITH colleague AS (
       INSERT INTO "User" ("id", "email", "name", "passwordHash")
       SELECT gen_random_uuid(), lower($1) || n || '@example.com', 'Person ' || n, 'none' FROM generate_series(1, $3::int) n
       RETURNING "id", "name"
     ), joined AS (
       INSERT INTO "Membership" ("workspaceId", "userId", "role", "foldedName")
       SELECT $2::uuid, "id", 'user', lower("name") FROM colleague
     )
     INSERT INTO "Invitation" ("id", "workspaceId", "email", "role", "tokenHash", "createdByName", "expiresAt")
     SELECT gen_random_uuid(), $2::uuid, "id" || '@example.com', 'user', "id"::text, 'Dana Field', now() FROM colleague`,
    [name, workspace!.id, people],
  )
  const [session] = await sql<{ id: string }>(
    `INSERT INTO "Session" ("id", "workspaceId", "userId", "createdAt", "endsAt")
     SELECT gen_random_uuid(), $1, $2, now() - n * interval '1 minute', now() + interval '13 days'
     FROM generate_series(1, $3::int) n RETURNING "id"`,
    [workspace!.id, user!.id, sessions],
  )
  return {
    kind: 'person',
    workspaceId: workspace!.id,
    userId: user!.id,
    sessionId: session!.id,
    label: user!.name,
    role: 'administrator',
  }
}

async function seedKeys(sql: Sql, { workspaceId, userId }: PersonActor, size: SeedSize): Promise<string> {
  const [key] = await sql<{ id: string }>(
    `INSERT INTO "ApiKey" ("id", "workspaceId", "ownerId", "name", "foldedName", "role", "keyHash", "prefix", "createdAt", "revokedAt")
     SELECT gen_random_uuid(), $1, $2, 'Export ' || label, 'export ' || label, 'user', gen_random_uuid()::text, 'pb_000000', now() - n * interval '1 hour',
       CASE n % 10 WHEN 9 THEN now() END
     FROM generate_series(1, $3::int) n, LATERAL (SELECT lpad((n * 7919 % 10000)::text, 4, '0') || '-' || n AS label) names RETURNING "id"`,
    [workspaceId, userId, size.keys],
  )
  return key!.id
}

/** Connector 1 is the large one; its name sorts in the middle of the others. */
async function seedConnectors(sql: Sql, { workspaceId }: PersonActor, size: SeedSize): Promise<void> {
  await sql(
    `INSERT INTO "Connector" ("id", "workspaceId", "key", "name", "foldedName", "baseUrl", "systemType", "updatedAt")
     SELECT gen_random_uuid(), $1, 'connector-' || n, initcap(label), label, 'https://api-' || n || '.example.com/v1',
       (ARRAY['crm', 'erp', 'ecommerce', 'wms'])[1 + n % 4]::"SystemType", now() - n * interval '7 minutes'
     FROM generate_series(1, $2::int) n, LATERAL (SELECT CASE n WHEN 1 THEN 'marketplace ' ELSE chr(97 + n % 26) || ' system ' END || lpad(n::text, 5, '0') AS label) names`,
    [workspaceId, size.connectors],
  )
  await sql(
    `INSERT INTO "ConnectorOrigin" ("workspaceId", "connectorId", "origin", "confirmedAt")
     SELECT $1, "id", 'https://api.example.com', now() FROM "Connector" WHERE "workspaceId" = $1`,
    [workspaceId],
  )
  await sql(
    `INSERT INTO "AuthenticationMethod" ("id", "workspaceId", "connectorId", "key", "name", "foldedName", "type", "position")
     SELECT gen_random_uuid(), $1, c."id", 'method-' || n, 'Method ' || n, 'method ' || n, (ARRAY['basic', 'token'])[1 + n % 2]::"AuthenticationType", n
     FROM "Connector" c, LATERAL generate_series(1, CASE c."key" WHEN 'connector-1' THEN $2::int ELSE 2 END) n WHERE c."workspaceId" = $1`,
    [workspaceId, size.methods],
  )
  await sql(
    `INSERT INTO "Endpoint" ("id", "workspaceId", "connectorId", "key", "name", "foldedName", "entityType", "url", "updatedAt")
     SELECT gen_random_uuid(), $1, c."id", 'endpoint-' || n, 'List things ' || label, 'list things ' || label,
       (ARRAY['Orders', 'Products', 'Customers', 'Stock', 'Invoices'])[1 + n % 5], '/things/' || n, c."updatedAt" - n * interval '1 minute'
     FROM "Connector" c, LATERAL generate_series(1, CASE c."key" WHEN 'connector-1' THEN $2::int ELSE 4 END) n,
       LATERAL (SELECT lpad((n * 7919 % 10000)::text, 4, '0') || '-' || n AS label) names WHERE c."workspaceId" = $1`,
    [workspaceId, size.endpoints],
  )
}

/** The first method on every endpoint, each other one on half of them. */
async function seedEnablements(sql: Sql, { workspaceId }: PersonActor): Promise<void> {
  await sql(
    `INSERT INTO "Enablement" ("workspaceId", "connectorId", "endpointId", "methodId")
     SELECT $1, e."connectorId", e."id", m."id" FROM "Endpoint" e JOIN "AuthenticationMethod" m ON m."connectorId" = e."connectorId"
     WHERE e."workspaceId" = $1 AND (m."position" = 1 OR (substring(e."key" FROM 10)::int + m."position") % 2 = 0)`,
    [workspaceId],
  )
}

/**
 * Every connector was imported; its report has a line for each endpoint. As many imports are ready; the newest of them
 * has twenty times these endpoints to choose from, written in the document's order.
 * @returns the ID of that import
 */
async function seedImports(sql: Sql, { workspaceId }: PersonActor): Promise<string> {
  await sql(
    `INSERT INTO "Import" ("id", "workspaceId", "connectorId", "state", "open", "source", "format", "createdAt", "importedAt")
     SELECT gen_random_uuid(), $1, c."id", 'imported', false, 'file', 'OpenAPI 3.0.3', now() - interval '2 days',
       now() - interval '2 days'
     FROM "Connector" c WHERE c."workspaceId" = $1`,
    [workspaceId],
  )
  await sql(
    `INSERT INTO "Import" ("id", "workspaceId", "state", "source", "format", "name", "createdAt")
     SELECT gen_random_uuid(), $1, 'ready', 'file', 'OpenAPI 3.0.3', c."name",
       now() - row_number() OVER (ORDER BY c."id") * interval '1 minute'
     FROM "Connector" c WHERE c."workspaceId" = $1`,
    [workspaceId],
  )
  const [newest] = await sql<{ id: string }>(
    `SELECT "id" FROM "Import" WHERE "workspaceId" = $1 AND "state" = 'ready' ORDER BY "createdAt" DESC LIMIT 1`,
    [workspaceId],
  )
  await sql(
    `INSERT INTO "ImportItem" ("id", "workspaceId", "importId", "kind", "position", "key", "name", "foldedName", "tag",
       "httpMethod", "url", "accepts", "definition")
     SELECT gen_random_uuid(), $1, $2, 'endpoint', row_number() OVER (ORDER BY e."id", n), e."key" || '-' || n, e."name",
       e."id"::text || n, e."entityType", 'GET', e."url", ARRAY['basic'], '{}'
     FROM "Endpoint" e, generate_series(1, 20) n WHERE e."workspaceId" = $1
     ORDER BY e."id", n`,
    [workspaceId, newest!.id],
  )
  await sql(
    `INSERT INTO "ImportLine" ("id", "workspaceId", "importId", "position", "kind", "pointer", "message")
     SELECT gen_random_uuid(), $1, i."id", row_number() OVER (ORDER BY e."id"), 'not_imported',
       '/paths/' || e."key", 'The body is binary.'
     FROM "Endpoint" e JOIN "Import" i ON i."connectorId" = e."connectorId" WHERE e."workspaceId" = $1`,
    [workspaceId],
  )
  return newest!.id
}

/** A fifth of them belong to the large connector. */
async function seedInstances(sql: Sql, { workspaceId }: PersonActor, size: SeedSize): Promise<void> {
  await sql(
    `INSERT INTO "Instance" ("id", "workspaceId", "connectorId", "methodId", "key", "name", "foldedName", "status", "updatedAt")
     SELECT gen_random_uuid(), $1, m."connectorId", m."id", 'instance-' || n, 'Shop ' || label, 'shop ' || label,
       (ARRAY['connected', 'connected', 'connected', 'not_verified', 'failing'])[1 + n % 5]::"InstanceStatus", now() - n * interval '1 minute'
     FROM generate_series(1, $2::int) n
     JOIN "Connector" c ON c."workspaceId" = $1 AND c."key" = 'connector-' || CASE WHEN n % 5 = 0 THEN 1 ELSE 1 + n % $3::int END
     JOIN "AuthenticationMethod" m ON m."connectorId" = c."id" AND m."position" = 1 + (n / 5) % CASE c."key" WHEN 'connector-1' THEN $4::int ELSE 2 END,
       LATERAL (SELECT lpad((n * 7919 % 10000)::text, 4, '0') || '-' || n AS label) names`,
    [workspaceId, size.instances, size.connectors, size.methods],
  )
}

/** A variable per method with a value per instance, a variable and a parameter per endpoint. */
async function seedDefinitions(sql: Sql, { workspaceId }: PersonActor): Promise<void> {
  await sql(
    `INSERT INTO "Variable" ("id", "workspaceId", "connectorId", "level", "methodId", "endpointId", "key", "displayName")
     SELECT gen_random_uuid(), $1, "connectorId", 'method'::"VariableLevel", "id", NULL::uuid, 'account', 'Account' FROM "AuthenticationMethod" WHERE "workspaceId" = $1
     UNION ALL SELECT gen_random_uuid(), $1, "connectorId", 'endpoint', NULL, "id", 'since', 'Since' FROM "Endpoint" WHERE "workspaceId" = $1`,
    [workspaceId],
  )
  await sql(
    `INSERT INTO "Parameter" ("id", "workspaceId", "connectorId", "endpointId", "place", "key", "value")
     SELECT gen_random_uuid(), $1, "connectorId", "id", 'url', 'since', '{{ since }}' FROM "Endpoint" WHERE "workspaceId" = $1`,
    [workspaceId],
  )
  await sql(
    `INSERT INTO "InstanceValue" ("id", "workspaceId", "connectorId", "instanceId", "variableId", "value")
     SELECT gen_random_uuid(), $1, i."connectorId", i."id", v."id", i."key" FROM "Instance" i JOIN "Variable" v ON v."methodId" = i."methodId" WHERE i."workspaceId" = $1`,
    [workspaceId],
  )
}

/** Each with a draft of five shapes, every one of which calls an endpoint that its instance may call. */
async function seedFlows(sql: Sql, { workspaceId }: PersonActor, size: SeedSize): Promise<void> {
  await sql(
    `INSERT INTO "Flow" ("id", "workspaceId", "key", "name", "foldedName", "updatedAt")
     SELECT gen_random_uuid(), $1, 'flow-' || n, 'Flow ' || lpad(n::text, 4, '0'), 'flow ' || lpad(n::text, 4, '0'), now() - n * interval '1 minute'
     FROM generate_series(1, $2::int) n`,
    [workspaceId, size.flows],
  )
  await sql(
    `INSERT INTO "FlowVersion" ("id", "workspaceId", "flowId") SELECT gen_random_uuid(), $1, "id" FROM "Flow" WHERE "workspaceId" = $1`,
    [workspaceId],
  )
  await sql(
    `WITH callable AS (
       SELECT e."connectorId", e."id" AS "endpointId", i."id" AS "instanceId", row_number() OVER (ORDER BY e."key", i."key") AS n
       FROM (SELECT * FROM "Endpoint" WHERE "workspaceId" = $1 AND "key" IN ('endpoint-1', 'endpoint-2', 'endpoint-3')) e
       JOIN "Enablement" enabled ON enabled."endpointId" = e."id" JOIN "Instance" i ON i."methodId" = enabled."methodId"),
     shape AS MATERIALIZED (
       SELECT gen_random_uuid() AS "id", v."id" AS "versionId", s, c."connectorId", c."instanceId", c."endpointId"
       FROM (SELECT "id", row_number() OVER (ORDER BY "id") AS n FROM "FlowVersion" WHERE "workspaceId" = $1) v, generate_series(1, 5) s
       JOIN callable c ON true WHERE c.n = 1 + (v.n * 5 + s) % (SELECT count(*) FROM callable))
     INSERT INTO "Shape" ("id", "workspaceId", "flowVersionId", "name", "positionY", "parentId", "connectorId", "instanceId", "endpointId")
     SELECT "id", $1, "versionId", 'Get things ' || s, s * 100, lag("id") OVER (PARTITION BY "versionId" ORDER BY s), "connectorId", "instanceId", "endpointId"
     FROM shape`,
    [workspaceId],
  )
}

async function seedChanges(
  sql: Sql,
  { workspaceId, userId, label }: PersonActor,
  size: SeedSize,
  keyId: string,
): Promise<void> {
  await sql(
    `INSERT INTO "AuditLog" ("id", "at", "workspaceId", "userId", "actorKind", "actorId", "actorName", "action", "objectType", "objectId", "objectName")
     SELECT gen_random_uuid(), now() - n * interval '30 seconds', $1, $2, (CASE n % 10 WHEN 0 THEN 'api_key' ELSE 'person' END)::"ActorKind",
       CASE n % 10 WHEN 0 THEN $5::uuid ELSE $2::uuid END, $3, 'save_endpoint', (ARRAY['endpoint', 'instance', 'flow'])[1 + n % 3], gen_random_uuid(), 'Thing ' || n
     FROM generate_series(1, $4::int) n`,
    [workspaceId, userId, label, size.changes, keyId],
  )
}

/**
 * Spread evenly over the last days; every day has its partition, as the clean-up job would have made it. Two requests
 * each belong to one action.
 */
async function seedRequests(
  sql: Sql,
  { workspaceId, userId }: PersonActor,
  size: SeedSize,
  keyId: string,
): Promise<void> {
  const firstDay = new Date(Date.now() - seededDays * 86_400_000)
  await createPartitions('RequestLog', firstDay, seededDays + 1)
  await sql(
    `WITH called AS (SELECT *, row_number() OVER (ORDER BY "id") AS number FROM "Instance" WHERE "workspaceId" = $1),
       callable AS (SELECT "connectorId", array_agg("id") AS ids FROM "Endpoint" WHERE "workspaceId" = $1 GROUP BY "connectorId"),
       flows AS (SELECT array_agg("id") AS ids FROM "Flow" WHERE "workspaceId" = $1)
     INSERT INTO "RequestLog" ("id", "at", "workspaceId", "correlationId", "purpose", "outcome", "connectorId", "methodId", "instanceId", "endpointId", "flowId", "userId", "actorKind", "actorId", "subject",
       "httpMethod", "url", "status", "durationMs", "responseBytes")
     SELECT gen_random_uuid(), now() - n * (interval '1 day' * $4::int / $3::int), $1, md5($1::text || n / 2)::uuid, 'endpoint',
       (ARRAY['succeeded', 'succeeded', 'succeeded', 'refused'])[1 + n % 4]::"RequestOutcome", i."connectorId", i."methodId", i."id",
       callable.ids[1 + n % array_length(callable.ids, 1)], flows.ids[1 + n % array_length(flows.ids, 1)], $2,
       (CASE n % 10 WHEN 0 THEN 'api_key' ELSE 'person' END)::"ActorKind", CASE n % 10 WHEN 0 THEN $5::uuid ELSE $2::uuid END,
       i."name" || ' · List things', 'GET', 'https://api.example.com/v1/things?page=' || n,
       (ARRAY[200, 200, 200, 404])[1 + n % 4], 20 + n % 300, 1000
     FROM generate_series(1, $3::int) n JOIN called i ON i.number = 1 + n % (SELECT count(*) FROM called)
       JOIN callable USING ("connectorId") CROSS JOIN flows`,
    [workspaceId, userId, size.requests, seededDays, keyId],
  )
}

async function describeSeeded(sql: Sql, actor: PersonActor): Promise<Omit<SeededWorkspace, 'importId' | 'keyId'>> {
  const [connector] = await sql<{ id: string }>(
    `SELECT "id" FROM "Connector" WHERE "workspaceId" = $1 AND "key" = 'connector-1'`,
    [actor.workspaceId],
  )
  const idsOf = (table: string, order: string) =>
    sql<{ id: string }>(`SELECT "id" FROM "${table}" WHERE "connectorId" = $1 ORDER BY ${order}`, [connector!.id])
  const methodIds = (await idsOf('AuthenticationMethod', '"position"')).map(({ id }) => id)
  const endpointIds = (await idsOf('Endpoint', '"entityType", "foldedName", "id"')).map(({ id }) => id)
  const [instance] = await sql<{ id: string }>(
    `SELECT "id" FROM "Instance" WHERE "methodId" = $1 AND "status" = 'connected' LIMIT 1`,
    [methodIds[0]],
  )
  const [shape] = await sql<{ id: string; flowId: string }>(
    `SELECT s."id", v."flowId" FROM "Shape" s JOIN "FlowVersion" v ON v."id" = s."flowVersionId" WHERE s."connectorId" = $1 ORDER BY s."id" LIMIT 1`,
    [connector!.id],
  )
  return {
    actor,
    connectorId: connector!.id,
    methodIds,
    endpointIds,
    instanceId: instance!.id,
    flowId: shape!.flowId,
    shapeId: shape!.id,
  }
}
