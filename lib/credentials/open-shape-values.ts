import 'server-only'
import { sealedIn, unseal } from '@/lib/platform/crypto/seal'
import { workspaceDb } from '@/lib/platform/db/client'

export type OpenedShapeValues = { values: Record<string, string>; filters: Record<string, string> }

/**
 * A shape's values for endpoint variables (by variable id) and filters (by parameter id). Secrets are opened for the
 * request only.
 */
export async function openShapeValues(workspaceId: string, shapeId: string): Promise<OpenedShapeValues> {
  const rows = await workspaceDb(workspaceId).shapeValue.findMany({
    where: { shapeId },
    select: { id: true, variableId: true, parameterId: true, value: true, sealedValue: true },
  })
  const opened: OpenedShapeValues = { values: {}, filters: {} }
  for (const row of rows) {
    const { id, variableId, parameterId } = row
    const sealed = sealedIn(row, 'sealedValue')
    const plain =
      sealed === null
        ? (row.value ?? '')
        : unseal(sealed, { workspaceId, table: 'ShapeValue', rowId: id, field: 'sealedValue' })
    if (variableId !== null) opened.values[variableId] = plain
    if (parameterId !== null) opened.filters[parameterId] = plain
  }
  return opened
}
