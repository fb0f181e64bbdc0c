import 'server-only'
import { userIdOf } from '@/lib/domain/access/actor'
import { several } from '@/lib/domain/history/compare-values'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { blockChanges } from '@/lib/connectors/block-changes'
import type { Context } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { applyChanges } from '../apply/apply-changes'
import type { PartChange } from '../apply/document-parts'
import { askAll } from './ask-all'
import { findBase } from './find-base'
import { linkItems } from './link-items'
import { questionAboutChanges, questionAboutOrigin, questionsAboutRemovals } from './update-questions'
import { removeSchemas, writeSchemas } from './update-schemas'
import { readUpdateTarget, type UpdateTarget } from './update-target'

type Update = { importId: string; connectorId: string }

const superseded =
  'This connector was updated by another import after it was compared with this document. Import the document again.'

/**
 * Makes what was chosen of an import that updates a connector, through the steps of the forms, in the caller's
 * transaction. What people have changed here stays unless the document was chosen for it.
 * @returns a refusal with the code `confirmation_needed` whose message has a line for each question, unless exactly these
 *   were confirmed
 */
export async function writeUpdate(context: Context, tx: WorkspaceTransaction, update: Update): Promise<Result<null>> {
  const { importId, connectorId } = update
  const { workspaceId } = context
  await blockChanges(tx, workspaceId, connectorId)
  const row = await tx.import.findFirstOrThrow({ where: { id: importId } })
  if (row.state !== 'importing') return succeed(null)
  if (row.basedOnId !== ((await findBase(tx, connectorId))?.id ?? null)) return refuse('invalid_input', superseded)
  const changedSince = await questionAboutChanges(tx, row, connectorId)
  const read = await readUpdateTarget(tx, importId, connectorId)
  if (read === null) return notFound('connector')
  if (!read.ok) return read
  const { plan, changes, methodKeys } = read.value
  const owner = { workspaceId, importId, connectorId }
  await writeSchemas(tx, owner)
  const questions = [...changedSince, ...questionsAboutRemovals(changes)]
  const target = { id: connectorId, key: plan.key!, documentHash: '', plan, methodKeys, changes }
  const applied = await applyChanges(context, tx, target, {
    removeOthers: true,
    ask: askAll(tx, questions),
  })
  if (!applied.ok) return applied
  questions.push(...applied.value.pendingOrigins.map(questionAboutOrigin))
  const isConfirmed = row.confirmed && questions.every((question) => row.questions.includes(question))
  if (questions.length > 0 && !isConfirmed) return refuse('confirmation_needed', questions.join('\n'))
  await removeSchemas(tx, owner)
  await finish(context, tx, update, read.value)
  return succeed(null)
}

/** The items of this import are from now on what the next update is compared with. */
async function finish(
  { actor, audit }: Context,
  tx: WorkspaceTransaction,
  { importId, connectorId }: Update,
  { added, changes, plan }: UpdateTarget,
): Promise<void> {
  await linkItems(tx, { workspaceId: actor.workspaceId, importId }, added)
  const isOver = { OR: [{ change: 'removed' as const }, { kind: 'connector' as const }] }
  await tx.importItem.deleteMany({ where: { importId, ...isOver } })
  await tx.importItem.deleteMany({ where: { import: { connectorId, id: { not: importId } } } })
  await tx.import.updateMany({
    where: { id: importId },
    data: {
      ...{ state: 'imported', open: false, connectorId, importedAt: new Date(), importedById: userIdOf(actor) },
      ...{ done: 0, total: 0, attempt: 0, questions: [] },
    },
  })
  await audit(tx, {
    action: 'update_connector_from_document',
    objectType: 'connector',
    objectId: connectorId,
    objectName: plan.details.name,
    changes: audited(changes),
  })
}

function audited(changes: readonly PartChange[]) {
  const words = ['added', 'changed', 'removed'] as const
  const wordOf = ({ before, after }: PartChange) => (before === null ? 'added' : after === null ? 'removed' : 'changed')
  return (['method', 'endpoint'] as const).flatMap((kind) =>
    words.flatMap((word) =>
      several(
        kind,
        word,
        changes.filter((change) => change.kind === kind && wordOf(change) === word).map(({ name }) => name),
      ),
    ),
  )
}
