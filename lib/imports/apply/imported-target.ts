import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { EndpointPlan } from '../plan-connector'
import { readConnectorDocument } from '../read-connector-document'
import { compareParts, methodPart, partsOfDetails, type PartChange, type PartKind } from './document-parts'
import { ImportedDocument } from './imported-document'
import type { Target } from './target'
import { viewOf } from './target'
import type { PartChangeView } from './views'

/** As many items are read at once. */
const atOnce = 40

type Marked = { id: string; key: string; name: string; change: string | null }

/** What stands for a part that exists: the steps read the parts that they change themselves. */
const existing = {}

/**
 * What the document of an import changes in a connector, out of the marks of the comparison, in the caller's transaction,
 * which has the connector's lock. Of endpoints only those that change are read. Null if another version of Patchbay has
 * read the document.
 */
export async function importedTarget(
  tx: WorkspaceTransaction,
  { id: importId, definition, removeOthers }: { id: string; definition: unknown; removeOthers: boolean },
  connectorId: string,
): Promise<(Target & { made: PartChangeView[] }) | null> {
  const parts = await readConnectorDocument(tx, connectorId)
  const read = await ImportedDocument.read(tx, importId, definition)
  if (parts === null || read === null) return null
  const document = read.completedBy(parts.methods)
  const here = [...partsOfDetails(parts.details), ...parts.methods.map(methodPart)]
  const marked = await tx.importItem.findMany({
    where: { importId, kind: 'endpoint', change: { not: null } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, key: true, name: true, change: true },
  })
  const changes = [
    ...compareParts(here, document.parts(parts.key)),
    ...marked.map((item) => changeOf('endpoint', item)),
    ...(removeOthers ? await removals(tx, importId, connectorId) : []),
  ]
  const plan = { ...document.plan, endpoints: await plansOf(document, marked), schemas: [] }
  const made = changes.filter(({ after }) => after !== null || removeOthers).map((each) => viewOf(each, removeOthers))
  const about = { id: connectorId, key: parts.key, documentHash: '', methodKeys: [...document.methodKeys] }
  return { ...about, plan, changes, made }
}

function changeOf(kind: PartKind, { key, name, change }: Omit<Marked, 'id'>): PartChange {
  return { kind, key, name, before: change === 'added' ? null : existing, after: existing }
}

async function plansOf(document: ImportedDocument, marked: readonly Marked[]): Promise<EndpointPlan[]> {
  const plans: EndpointPlan[] = []
  for (let start = 0; start < marked.length; start += atOnce) {
    const some = marked.slice(start, start + atOnce)
    plans.push(...(await document.endpoints(some.map(({ id }) => id))).values())
  }
  return plans
}

/** Endpoints and schemas of the connector that the document does not contain. */
async function removals(tx: WorkspaceTransaction, importId: string, connectorId: string): Promise<PartChange[]> {
  const endpoints = await tx.endpoint.findMany({ where: { connectorId }, select: { key: true, name: true } })
  const schemas = await tx.connectorSchema.findMany({ where: { connectorId }, select: { name: true } })
  const items = await tx.importItem.findMany({ where: { importId }, select: { kind: true, key: true } })
  const known = new Set(items.map(({ kind, key }) => `${kind} ${key}`))
  const all = [
    ...endpoints.map((row) => ({ kind: 'endpoint' as const, ...row })),
    ...schemas.map(({ name }) => ({ kind: 'schema' as const, key: name, name })),
  ]
  return all
    .filter(({ kind, key }) => !known.has(`${kind} ${key}`))
    .map((part) => ({ ...part, before: existing, after: null }))
}

/**
 * Adds and replaces the schemas that the document adds and changes, in the database alone, because a schema may have
 * megabytes. They are part of the changes, although no step makes them.
 */
export async function importedSchemas(
  tx: WorkspaceTransaction,
  { workspaceId, importId, connectorId }: { workspaceId: string; importId: string; connectorId: string },
): Promise<PartChangeView[]> {
  await tx.$executeRaw`
    INSERT INTO "ConnectorSchema" ("id", "workspaceId", "connectorId", "name", "schema")
    SELECT gen_random_uuid(), "workspaceId", ${connectorId}::uuid, "name", "definition" FROM "ImportItem"
    WHERE "workspaceId" = ${workspaceId}::uuid AND "importId" = ${importId}::uuid AND "kind" = 'schema'
      AND "change" IS NOT NULL
    ON CONFLICT ("workspaceId", "connectorId", "name") DO UPDATE SET "schema" = excluded."schema"`
  const marked = await tx.importItem.findMany({
    where: { importId, kind: 'schema', change: { not: null } },
    select: { key: true, name: true, change: true },
  })
  return marked.map((item) => viewOf(changeOf('schema', item), false))
}
