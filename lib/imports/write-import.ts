import 'server-only'
import { z } from 'zod'
import { userIdOf } from '@/lib/domain/access/actor'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation, within } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { connectorDocumentSchema } from './document-schema'
import { areRows } from './endpoint-rows'
import { foundValuesOf, withoutValues } from './found-values'
import { connectorNameTaken, installedEntry } from './install-connector'
import { planConnector, type ConnectorPlan } from './plan-connector'
import { linkItems } from './update/link-items'
import { writeUpdate } from './update/write-update'
import { writeConnector } from './write-connector'
import { writeImportedEndpoints } from './write-imported-endpoints'

/** Of which the database should know when it looks for them. */
const manySchemas = 1_000

/** For 25,000 endpoints on a slow disk. */
const patience = { timeout: 15 * 60_000, maxWait: 30_000 }

/** The connector of an import, with what was chosen. `keys`: of its methods, by their names in the document. */
type Chosen = {
  plan: ConnectorPlan
  keys: ReadonlyMap<string, string>
  /** The items of the methods with the same keys. */
  methods: { id: string; key: string }[]
}

/**
 * Adds the connector of an import with the chosen methods and endpoints, or updates the one that the import updates, in
 * one transaction, in the name of the actor who started it. Only the job calls it. Another process that does the same
 * waits for it, and then finds it done.
 */
export const writeImport = operation({
  name: 'write_import',
  permission: 'change',
  input: z.strictObject({ importId: idOf('import') }),
  output: z.null(),
  run: async (context, { importId }) => {
    const { actor, db, workspaceId, transaction, audit } = context
    const row = await db.import.findFirst({
      where: { id: importId },
      select: {
        ...{ name: true, versionLabel: true, format: true, updatesId: true },
        ...{ foundValues: true, sealedValues: true, createsInstances: true },
      },
    })
    if (!row) return notFound('import')
    try {
      return await transaction(async (tx) => {
        // It locks the connector first, as its deletion does.
        if (row.updatesId !== null)
          return writeUpdate(within(context, tx, 'write_import'), tx, { importId, connectorId: row.updatesId })
        const isMine = await lockImporting(tx, importId)
        if (!isMine) return succeed(null)
        const chosen = await chosenOf(tx, importId)
        if (!chosen.ok) return chosen
        const { plan, keys } = chosen.value
        const userId = userIdOf(actor)
        let endpoints = 0
        const connectorId = await writeConnector(tx, actor, plan, {
          schemas: (connectorId) => copySchemas(tx, { workspaceId, importId, connectorId }),
          endpoints: async (connectorId, ids) => {
            const methodIds = new Map([...keys].map(([name, key]) => [name, ids.get(key)!]))
            const { format } = row
            endpoints = await writeImportedEndpoints(tx, {
              ...{ workspaceId, importId, connectorId, format, methodIds, userId },
            })
          },
        })
        await linkItems(tx, { workspaceId, importId }, chosen.value.methods)
        await tx.importItem.updateMany({
          where: { importId, kind: 'endpoint', chosen: false },
          data: { rows: Prisma.DbNull },
        })
        await tx.import.updateMany({
          where: { id: importId },
          data: {
            state: 'imported',
            open: false,
            connectorId,
            importedAt: new Date(),
            importedById: userId,
            done: 0,
            total: 0,
            attempt: 0,
            ...valuesOfWritten(row, keys),
          },
        })
        await audit(tx, { action: 'import_connector', ...installedEntry(connectorId, plan, endpoints) })
        return succeed(null)
      }, patience)
    } catch (error) {
      if (!uniqueViolation(error) || row.updatesId !== null) throw error
      return connectorNameTaken(row)
    }
  },
})

/** The values wait for a job that creates instances of the methods that were written. */
function valuesOfWritten(
  row: { foundValues: unknown; sealedValues: string | null; createsInstances: boolean | null },
  keys: Chosen['keys'],
) {
  if (row.createsInstances !== true || row.sealedValues === null) return withoutValues
  return { foundValues: foundValuesOf(row).map((found) => ({ ...found, key: keys.get(found.method) ?? null })) }
}

async function lockImporting(tx: WorkspaceTransaction, id: string): Promise<boolean> {
  const { count } = await tx.import.updateMany({ where: { id, state: 'importing' }, data: { failure: '' } })
  return count > 0
}

async function chosenOf(tx: WorkspaceTransaction, importId: string): Promise<Result<Chosen>> {
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
  if (!document.success || !(await hasRows(tx, importId)))
    return refuse('invalid_input', 'This document was read by another version of Patchbay. Import it again.')
  const plan = planConnector(document.data)
  if (!plan.ok) return plan
  const methods = items.map(({ id, name }, index) => ({ id, name, key: plan.value.methods[index]!.key }))
  return succeed({ plan: plan.value, keys: new Map(methods.map(({ name, key }) => [name, key])), methods })
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
