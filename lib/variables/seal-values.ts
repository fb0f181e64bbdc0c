import 'server-only'
import { seal } from '@/lib/platform/crypto/seal'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'

/**
 * Seals the existing values of a variable that becomes secret, in the same transaction, so that no plain copy remains.
 * The caller has locked the variable, which blocks new values until it commits.
 */
export async function sealPlainValues(
  tx: WorkspaceTransaction,
  workspaceId: string,
  variableId: string,
): Promise<number> {
  const instanceValues = await tx.instanceValue.findMany({
    where: { variableId, value: { not: null } },
    select: { id: true, value: true },
  })
  for (const { id, value } of instanceValues) {
    const sealedValue = seal(value!, { workspaceId, table: 'InstanceValue', rowId: id, field: 'sealedValue' })
    await tx.instanceValue.update({ where: { id }, data: { value: null, sealedValue }, select: { id: true } })
  }
  const shapeValues = await tx.shapeValue.findMany({
    where: { variableId, value: { not: null } },
    select: { id: true, value: true },
  })
  for (const { id, value } of shapeValues) {
    const sealedValue = seal(value!, { workspaceId, table: 'ShapeValue', rowId: id, field: 'sealedValue' })
    await tx.shapeValue.update({ where: { id }, data: { value: null, sealedValue }, select: { id: true } })
  }
  return instanceValues.length + shapeValues.length
}
