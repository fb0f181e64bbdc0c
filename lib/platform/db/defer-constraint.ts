import 'server-only'
import type { WorkspaceTransaction } from './client'

/** One shape follows each exit of a shape. The migrations declare it as deferrable. */
export const oneShapeAfterEachExit = 'Shape_flowVersionId_parentId_leg_key'

/** Checks a constraint when the transaction ends, not after each statement. */
export async function deferConstraint(
  tx: WorkspaceTransaction,
  constraint: typeof oneShapeAfterEachExit,
): Promise<void> {
  await tx.$executeRawUnsafe(`SET CONSTRAINTS "${constraint}" DEFERRED`)
}
