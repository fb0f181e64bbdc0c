import 'server-only'
import { blockChanges } from '@/lib/connectors/block-changes'
import type { ManagedBy } from '@/lib/connectors/managed-by'
import { fact, several } from '@/lib/domain/history/compare-values'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { operation, within, type Context } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { z } from 'zod'
import { connectorText } from '../document-yaml'
import { hashOf } from '../hash-of'
import { installConnector } from '../install-connector'
import type { ConnectorPlan } from '../plan-connector'
import { readConnectorDocument } from '../read-connector-document'
import { applyChanges } from './apply-changes'
import { partsOfPlan } from './document-parts'
import { applyDocumentSchema, type ApplyDocument } from './schema'
import { appliedDocument, type PartChangeView } from './views'
import { findTarget, keyOf, readConnectionDocument, viewOf, type Target } from './target'

type Applied = z.infer<typeof appliedDocument>

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
    const finished = await finish(context, tx, { id: installed.value.id, created: true, changes }, input)
    // Another connector has got the key in the meantime.
    const isOther = finished.ok && finished.value.key !== keyOf(plan)
    return isOther && input.expectedHash === 'none' ? changedMeanwhile(plan) : finished
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
    if (input.expectedHash !== null && input.expectedHash !== target.documentHash) return changedMeanwhile(plan)
    const changes = target.changes.map((each) => viewOf(each, input.removeOthers))
    const made = changes.filter((each) => each.change !== 'left')
    if (made.length > 0) {
      const applied = await applyChanges(context, tx, target, {
        removeOthers: input.removeOthers,
        ask: (_about, step) => step(input.confirmed),
      })
      if (!applied.ok) return applied
      await auditApplied(context, tx, target, { made, input })
    }
    return finish(context, tx, { id: target.id, created: false, changes }, input)
  }, patience)
}

function changedMeanwhile({ details }: ConnectorPlan) {
  return refuse(
    'changed_by_someone_else',
    `“${details.name}” has changed since this document was read, so nothing was changed. Read its document again and merge the two.`,
    'expectedHash',
  )
}

async function auditApplied(
  { audit }: Context,
  tx: WorkspaceTransaction,
  { id, plan }: Target,
  { made, input: { managedBy } }: { made: readonly PartChangeView[]; input: ApplyDocument },
): Promise<void> {
  const namesOf = (kind: PartChangeView['kind'], change: PartChangeView['change']) =>
    made.filter((each) => each.kind === kind && each.change === change).map(({ name }) => name)
  const kinds = ['method', 'endpoint', 'schema'] as const
  const words = ['added', 'changed', 'removed'] as const
  await audit(tx, {
    objectType: 'connector',
    objectId: id,
    objectName: plan.details.name,
    changes: [
      ...kinds.flatMap((kind) => words.flatMap((word) => several(kind, word, namesOf(kind, word)))),
      ...(managedBy ? fact('repository', `${managedBy.repository}, ${managedBy.path}`) : []),
    ],
  })
}

/** Reads the document that the connector has now, and notes the repository. */
async function finish(
  { actor }: Context,
  tx: WorkspaceTransaction,
  { id, created, changes }: Pick<Applied, 'id' | 'created' | 'changes'>,
  { managedBy }: ApplyDocument,
): Promise<Result<Applied>> {
  const parts = await readConnectorDocument(tx, id)
  if (!parts) return notFound('connector')
  const documentHash = hashOf(await connectorText(parts))
  if (managedBy) {
    const keyId = actor.kind === 'api_key' ? actor.keyId : null
    const noted: ManagedBy = { ...managedBy, documentHash, pushedAt: new Date().toISOString(), keyId }
    await tx.connector.updateMany({ where: { id }, data: { managedBy: noted } })
  }
  const pending = await tx.connectorOrigin.findMany({
    where: { connectorId: id, confirmedAt: null },
    select: { origin: true },
    orderBy: { createdAt: 'asc' },
  })
  const pendingOrigins = pending.map(({ origin }) => origin)
  return succeed({ id, key: parts.key, created, changes, documentHash, pendingOrigins })
}
