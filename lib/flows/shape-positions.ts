import 'server-only'
import type { Position, TreeShape } from '@/lib/domain/flows/tree/shape-tree'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { deferConstraint, oneShapeAfterEachExit } from '@/lib/platform/db/defer-constraint'
import type { Draft } from './draft'

export type NamedShape = TreeShape & { name: string }

/**
 * The positions of a draft's shapes, to be changed; the draft is locked (`takeDraft`). Until the transaction ends, two
 * shapes may follow the same exit, so that a shape can be added where another one still is.
 */
export async function takePositions(tx: WorkspaceTransaction, draft: Draft): Promise<NamedShape[]> {
  await deferConstraint(tx, oneShapeAfterEachExit)
  return tx.shape.findMany({
    where: { flowVersionId: draft.id },
    select: { id: true, name: true, parentId: true, leg: true },
  })
}

/** At most three shapes change, however long the flow is. */
export async function writePositions(tx: WorkspaceTransaction, changed: readonly TreeShape[]): Promise<void> {
  for (const { id, parentId, leg } of changed) await tx.shape.updateMany({ where: { id }, data: { parentId, leg } })
}

/** What a shape follows, for the history. */
export function nameBefore(shapes: readonly NamedShape[], { parentId }: Position): string {
  return parentId === null ? 'Trigger' : (shapes.find(({ id }) => id === parentId)?.name ?? '')
}
