import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'

export type Draft = { id: string; flowId: string; flowName: string; revision: number }

/**
 * Takes the draft of a flow for a change, if it still has the revision that the person saw (rule R12), and raises the
 * revision. The row is locked until the transaction ends.
 */
export async function takeDraft(
  tx: WorkspaceTransaction,
  actor: Actor,
  flowId: string,
  revision: number,
): Promise<Result<Draft>> {
  const version = await tx.flowVersion.findFirst({
    where: { flowId, state: 'draft' },
    include: { flow: { select: { name: true } } },
  })
  if (!version) return notFound('flow')
  const now = new Date()
  const { count } = await tx.flowVersion.updateMany({
    where: { id: version.id, revision },
    data: { revision: { increment: 1 }, updatedAt: now, updatedById: userIdOf(actor) },
  })
  if (count === 0) return overtaken(tx, version)
  await tx.flow.updateMany({ where: { id: flowId }, data: { updatedAt: now, updatedById: userIdOf(actor) } })
  return succeed({ id: version.id, flowId, flowName: version.flow.name, revision: revision + 1 })
}

/** The refusal if somebody else has changed or deleted the draft. */
async function overtaken(tx: WorkspaceTransaction, { id, flow }: { id: string; flow: { name: string } }) {
  const now = await tx.flowVersion.findFirst({ where: { id }, select: { updatedAt: true, updatedById: true } })
  return now ? changedBySomeoneElse(`The flow “${flow.name}”`, now, tx) : notFound('flow')
}
