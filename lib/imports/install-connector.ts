import 'server-only'
import { userIdOf } from '@/lib/domain/access/actor'
import { slugify } from '@/lib/domain/names'
import { fact, several } from '@/lib/domain/history/compare-values'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { Context } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { AuditEntry } from '@/lib/platform/audit/record'
import { newId } from '@/lib/platform/db/new-id'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { detailsInDocument } from './connector-to-document'
import { linesOf } from './import-rows'
import type { ConnectorPlan } from './plan-connector'
import type { ReadSource } from './read-open-api'
import { curlCommand } from './curl/may-be-curl'
import { writeBase } from './update/write-base'
import { writeConnector } from './write-connector'

/** What a connector is installed from. With `format`, the import report stays with the connector. */
export type Installed = { plan: ConnectorPlan } & Partial<Pick<ReadSource, 'format' | 'report'>> & {
    preset?: { key: string; hash: string }
  }

/** Adds a whole connector in one transaction. *Activity* shows the calling operation: imported or installed. */
export async function installConnector(context: Context, installed: Installed): Promise<Result<{ id: string }>> {
  try {
    return await write(context, installed)
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    return connectorNameTaken(installed.plan.details)
  }
}

export function connectorNameTaken({
  name,
  versionLabel,
}: Pick<ConnectorPlan['details'], 'name' | 'versionLabel'>): Result<never> {
  const called = versionLabel === '' ? `“${name}”` : `“${name}” with the version “${versionLabel}”`
  return refuse('name_taken', `There is already a connector called ${called}. Choose another name.`, 'name')
}

function write({ actor, transaction, audit }: Context, installed: Installed): Promise<Result<{ id: string }>> {
  const { plan } = installed
  return transaction(async (tx) => {
    const id = await writeConnector(tx, actor, plan)
    await writeReport(tx, { workspaceId: actor.workspaceId, connectorId: id }, userIdOf(actor), installed)
    await audit(tx, installedEntry(id, plan, plan.endpoints.length))
    return succeed({ id })
  })
}

/** The line of the audit log about a connector that was added with everything that it consists of. */
export function installedEntry(
  id: string,
  { details, methods }: Pick<ConnectorPlan, 'details' | 'methods'>,
  endpoints: number,
): Omit<AuditEntry, 'action'> {
  return {
    objectType: 'connector',
    objectId: id,
    objectName: details.name,
    changes: [
      ...several(
        'method',
        'added',
        methods.map(({ name }) => name),
      ),
      ...fact('endpoints', endpoints),
    ],
  }
}

async function writeReport(
  tx: WorkspaceTransaction,
  owner: { workspaceId: string; connectorId: string },
  importedById: string | null,
  { plan, format, report = [], preset }: Installed,
): Promise<void> {
  if (format === undefined) return
  const importId = newId()
  const { workspaceId } = owner
  await tx.import.create({
    data: {
      ...owner,
      id: importId,
      format,
      // Its name and version label are what the document says, so that a later change of them is noticed.
      definition: detailsInDocument({ ...plan, key: plan.key ?? slugify(plan.details.name) }) as Prisma.InputJsonObject,
      ...(preset && { presetKey: preset.key, presetHash: preset.hash }),
      state: 'imported',
      open: false,
      source: 'text',
      createdById: importedById,
      importedAt: new Date(),
      importedById,
    },
  })
  await tx.importLine.createMany({ data: linesOf(report, { workspaceId, importId }) })
  // A command is one request of an API, which no document about it is a newer version of.
  if (format !== curlCommand) await writeBase(tx, { ...owner, importId }, plan, format)
}
