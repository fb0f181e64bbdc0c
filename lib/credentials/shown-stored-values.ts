import 'server-only'
import { sealedIn, unseal, UnsealError } from '@/lib/platform/crypto/seal'
import { workspaceDb } from '@/lib/platform/db/client'

export type ShownStoredValue = { key: string; value: string; keptAt: Date }

/**
 * Values from a response that people may see (an instance URL, a realm ID). Secrets are not opened; the caller passes
 * the keys of secret variables. A value whose encryption key is missing is left out, because the error is shown
 * wherever the instance is used.
 */
export async function shownStoredValues(
  workspaceId: string,
  instanceId: string,
  secretKeys: readonly string[],
): Promise<ShownStoredValue[]> {
  const rows = await workspaceDb(workspaceId).keptValue.findMany({
    where: { instanceId, secret: false, key: { notIn: [...secretKeys] } },
    select: { id: true, key: true, sealedValue: true, keptAt: true },
    orderBy: { key: 'asc' },
  })
  return rows.flatMap((row) => {
    const { id, key, keptAt } = row
    const address = { workspaceId, table: 'KeptValue', rowId: id, field: 'sealedValue' }
    const value = openOrNull(sealedIn(row, 'sealedValue'), address)
    return value === null ? [] : [{ key, value, keptAt }]
  })
}

function openOrNull(...sealed: Parameters<typeof unseal>): string | null {
  try {
    return unseal(...sealed)
  } catch (error) {
    if (error instanceof UnsealError) return null
    throw error
  }
}
