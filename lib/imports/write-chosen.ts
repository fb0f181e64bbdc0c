import 'server-only'
import { userIdOf, type Actor } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { connectorDocumentSchema } from './document-schema'
import { areRows } from './endpoint-rows'
import { readByOtherVersion } from './import-refusals'
import { planConnector, type ConnectorPlan } from './plan-connector'
import { writeConnector } from './write-connector'
import { writeImportedEndpoints } from './write-imported-endpoints'

/** Of which the database should know when it looks for them. */
const manySchemas = 1_000

/** The connector of an import, with what was chosen. `keys`: of its methods, by their names in the document. */
type Chosen = {
  plan: ConnectorPlan
  keys: ReadonlyMap<string, string>
  /** The items of the methods with the same keys. */
  methods: { id: string; key: string }[]
}

export type WrittenConnector = Chosen & { connectorId: string; endpoints: number }

/** False if the import is not being written any more: another process was quicker. */
export async function lockImporting(tx: WorkspaceTransaction, id: string): Promise<boolean> {
  const { count } = await tx.import.updateMany({ where: { id, state: 'importing' }, data: { failure: '' } })
  return count > 0
}

/** Writes the connector of an import with the chosen methods and endpoints, which the database copies out of the items. */
export async function writeChosen(
  tx: WorkspaceTransaction,
  actor: Actor,
  importId: string,
): Promise<Result<WrittenConnector>> {
  const { workspaceId } = actor
  const chosen = await chosenOf(tx, importId)
  if (!chosen.ok) return chosen
  const { plan, keys, format } = chosen.value
  const userId = userIdOf(actor)
  let endpoints = 0
  const connectorId = await writeConnector(tx, actor, plan, {
    schemas: (connectorId) => copySchemas(tx, { workspaceId, importId, connectorId }),
    endpoints: async (connectorId, ids) => {
      const methodIds = new Map([...keys].map(([name, key]) => [name, ids.get(key)!]))
      endpoints = await writeImportedEndpoints(tx, {
        ...{ workspaceId, importId, connectorId, format, methodIds, userId },
      })
    },
  })
  return succeed({ ...chosen.value, connectorId, endpoints })
}

async function chosenOf(tx: WorkspaceTransaction, importId: string): Promise<Result<Chosen & { format: string }>> {
  const row = await tx.import.findFirstOrThrow({ where: { id: importId } })
  const items = await tx.importItem.findMany({
    where: { importId, kind: 'method', chosen: true },
    orderBy: { position: 'asc' },
    select: { id: true, name: true, newName: true, definition: true },
  })
  const document = connectorDocumentSchema.safeParse({
    ...(row.definition as object),
    name: row.name,
    versionLabel: row.versionLabel,
    methods: items.map(({ name, newName, definition }) => ({ ...(definition as object), name: newName || name })),
    endpoints: [],
  })
  if (!document.success || !(await hasRows(tx, importId))) return readByOtherVersion()
  const plan = planConnector(document.data)
  if (!plan.ok) return plan
  const methods = items.map(({ id, name }, index) => ({ id, name, key: plan.value.methods[index]!.key }))
  const keys = new Map(methods.map(({ name, key }) => [name, key]))
  return succeed({ plan: plan.value, keys, methods, format: row.format })
}

/** Whether the rows of the endpoints were made by this version; one process reads a whole document. */
async function hasRows(tx: WorkspaceTransaction, importId: string): Promise<boolean> {
  const first = await tx.importItem.findFirst({
    where: { importId, kind: 'endpoint', chosen: true },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { rows: true },
  })
  return first === null || areRows(first.rows)
}

/** In the database alone, because a schema may have megabytes. */
async function copySchemas(
  tx: WorkspaceTransaction,
  { workspaceId, importId, connectorId }: { workspaceId: string; importId: string; connectorId: string },
): Promise<void> {
  const count = await tx.$executeRaw`
    INSERT INTO "ConnectorSchema" ("id", "workspaceId", "connectorId", "name", "schema")
    SELECT gen_random_uuid(), "workspaceId", ${connectorId}::uuid, "name", "definition" FROM "ImportItem"
    WHERE "workspaceId" = ${workspaceId}::uuid AND "importId" = ${importId}::uuid AND "kind" = 'schema'`
  // So that foreign keys to them are checked by index, although the table was small before.
  if (count >= manySchemas) await tx.$executeRaw`ANALYZE (SKIP_LOCKED) "ConnectorSchema"`
}
