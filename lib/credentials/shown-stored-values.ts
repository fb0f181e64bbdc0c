import 'server-only'
import { sealedIn, unseal, UnsealError } from '@/lib/platform/crypto/seal'
import { workspaceDb } from '@/lib/platform/db/client'

export type ShownStoredValue = { key: string; value: string; keptAt: Date }

/**
 * Values kept of an answer that are for people to see (an instance URL, a realm ID). What was kept as a secret is not
 * opened; whether a variable makes one a secret, the caller knows. One whose encryption key is gone is left out: the
 * instance says so wherever it is used.
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
