import 'server-only'
import { replaceParametersOfConnector } from '@/lib/connector-parameters/save-connector-parameters'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { changeDetails } from '@/lib/connectors/update-connector'
import { ofConnector } from '@/lib/platform/db/read-definition'
import { succeed, type Result } from '@/lib/domain/result'
import { within, type Context } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { applyEnablements, applyEndpoints, deleteEndpoints } from './apply-endpoints'
import { applyMethods, deleteMethods } from './apply-methods'
import { applySchemas, deleteSchemas } from './apply-schemas'
import { applyVariables } from './apply-variables'
import { withStoredIds } from '../with-stored-ids'
import { about, type Applying, type Ask } from './applying'
import type { Target } from './target'

/**
 * Makes the changes through the steps of the forms, so that each is checked and audited like theirs. What others need is
 * added first and removed last; endpoints and methods are removed before, so that their names are free.
 */
export async function applyChanges(
  context: Context,
  tx: WorkspaceTransaction,
  target: Target,
  { removeOthers, ask }: { removeOthers: boolean; ask: Ask },
): Promise<Result<{ pendingOrigins: string[] }>> {
  const made = target.changes.filter(({ after }) => after !== null || removeOthers)
  const applying: Applying = {
    ...{ context, tx, target, ask },
    changesOf: (kind) => made.filter((change) => change.kind === kind),
  }
  const removals = [deleteEndpoints, deleteMethods]
  const changes = [applyDetails, addVariables, applyMethods, applySchemas, applyEndpoints, applyEnablements]
  const rest = [deleteSchemas, removeVariables]
  for (const step of [...removals, ...changes, ...rest]) {
    const done = await step(applying)
    if (!done.ok) return done
  }
  const { pending } = await syncConnectorOrigins(tx, context.actor, target.id)
  return succeed({ pendingOrigins: pending })
}

async function applyDetails({ context, tx, target, changesOf }: Applying): Promise<Result<null>> {
  const { id, plan } = target
  if (changesOf('connector').length > 0) {
    const saved = await changeDetails(within(context, tx, 'update_connector'), {
      ...plan.details,
      connectorId: id,
      revision: await revisionOf(tx, id),
      rateLimitUnit: plan.details.rateLimitUnit ?? 'second',
      icon: 'keep',
    })
    if (!saved.ok) return about('Connector', plan.details.name, saved)
  }
  if (changesOf('parameters').length === 0) return succeed(null)
  const stored = await tx.parameter.findMany({
    where: { connectorId: id, ...ofConnector },
    select: { id: true, place: true, key: true },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  })
  const parameters = withStoredIds(plan.parameters, stored)
  const revision = await revisionOf(tx, id)
  const step = within(context, tx, 'update_connector_parameters')
  const saved = await replaceParametersOfConnector(step, { connectorId: id, revision, parameters })
  return saved.ok ? succeed(null) : about('Connector', plan.details.name, saved)
}

async function revisionOf(tx: WorkspaceTransaction, connectorId: string): Promise<number> {
  const { revision } = await tx.connector.findFirstOrThrow({ where: { id: connectorId }, select: { revision: true } })
  return revision
}

function addVariables(applying: Applying): Promise<Result<null>> {
  return changeVariables(applying, { removes: false })
}

function removeVariables(applying: Applying): Promise<Result<null>> {
  return changeVariables(applying, { removes: true })
}

function changeVariables(applying: Applying, { removes }: { removes: boolean }): Promise<Result<null>> {
  const { target, changesOf } = applying
  const changes = changesOf('variable').filter(({ after }) => (after === null) === removes)
  if (changes.length === 0) return Promise.resolve(succeed(null))
  const owner = { level: 'connector' as const, connectorId: target.id, ownerId: target.id }
  return applyVariables(applying, owner, target.plan.variables, { removes })
}
