import 'server-only'
import { blockChanges } from '@/lib/connectors/block-changes'
import { notFound } from '@/lib/domain/refusals'
import type { Result } from '@/lib/domain/result'
import { operation, within, type Context } from '@/lib/operations/operation'
import { installConnector } from '../install-connector'
import type { ConnectorPlan } from '../plan-connector'
import { applyChanges } from './apply-changes'
import { partsOfPlan } from './document-parts'
import { applyDocumentSchema, type ApplyDocument } from './schema'
import { auditApplied, changedMeanwhile, finishApplying } from './finish-applying'
import { appliedDocument, totalsOf, type AppliedDocument as Applied, type PartChangeView } from './views'
import { findTarget, keyOf, readConnectionDocument, viewOf } from './target'

/** A document may change thousands of endpoints. */
const patience = { timeout: 120_000, maxWait: 10_000 }

/**
 * Creates the connector that a connection document describes, or changes it to what the document says: all or nothing,
 * by the same rules as the forms. It is found by its key. The same document twice changes nothing. Instances, their
 * values and the icon stay.
 */
export const applyConnectorDocument = operation({
  name: 'apply_connector_document',
  permission: 'change',
  input: applyDocumentSchema,
  output: appliedDocument,
  run: async (context, input): Promise<Result<Applied>> => {
    const plan = await readConnectionDocument(input.document)
    if (!plan.ok) return plan
    const existing = await context.db.connector.findFirst({ where: { key: keyOf(plan.value) }, select: { id: true } })
    return existing ? change(context, plan.value, existing.id, input) : create(context, plan.value, input)
  },
})

function create(context: Context, plan: ConnectorPlan, input: ApplyDocument): Promise<Result<Applied>> {
  if (input.expectedHash !== null && input.expectedHash !== 'none') return Promise.resolve(notFound('connector'))
  return context.transaction(async (tx) => {
    const installed = await installConnector(within(context, tx, 'import_connector'), { plan })
    if (!installed.ok) return installed
    const changes = partsOfPlan(plan, keyOf(plan)).map(({ kind, key, name }): PartChangeView => ({
      change: 'added',
      kind,
      key,
      name,
    }))
    const applied = { id: installed.value.id, created: true, changes, totals: totalsOf(changes) }
    const finished = await finishApplying(context, tx, applied, input.managedBy)
    // Another connector has got the key in the meantime.
    const isOther = finished.ok && finished.value.key !== keyOf(plan)
    return isOther && input.expectedHash === 'none' ? changedMeanwhile(plan.details.name) : finished
  }, patience)
}

function change(
  context: Context,
  plan: ConnectorPlan,
  connectorId: string,
  input: ApplyDocument,
): Promise<Result<Applied>> {
  const { actor, transaction } = context
  return transaction(async (tx) => {
    await blockChanges(tx, actor.workspaceId, connectorId)
    const target = await findTarget(tx, plan)
    if (!target) return notFound('connector')
    if (input.expectedHash !== null && input.expectedHash !== target.documentHash)
      return changedMeanwhile(plan.details.name)
    const changes = target.changes.map((each) => viewOf(each, input.removeOthers))
    const made = changes.filter((each) => each.change !== 'left')
    if (made.length > 0) {
      const applied = await applyChanges(context, tx, target, {
        removeOthers: input.removeOthers,
        ask: (_about, step) => step(input.confirmed),
      })
      if (!applied.ok) return applied
      await auditApplied(context, tx, { id: target.id, name: plan.details.name, made, managedBy: input.managedBy })
    }
    const applied = { id: target.id, created: false, changes, totals: totalsOf(changes) }
    return finishApplying(context, tx, applied, input.managedBy)
  }, patience)
}
