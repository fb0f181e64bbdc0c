import { escapeIdentifier as quoted, type Client } from 'pg'
import type { Keyring } from '@/lib/platform/crypto/keyring'
import { sealedIn, unseal, UnsealError, type FieldAddress } from '@/lib/platform/crypto/seal'
import { keyNameIn, sealedTables } from '@/lib/platform/crypto/sealed-columns'
import { sentinelAddress } from '../sentinel'

/** A sealed value with its address. A process that can open it has the key. */
export type Sample = FieldAddress & { sealed: string }

/**
 * A value that is sealed with this key and can be opened; null if none of the tried ones can, or if the key is missing.
 */
export async function sampleOf(
  session: Client,
  keyring: Keyring,
  kid: string,
  tables: string[],
): Promise<Sample | null> {
  for (const table of tables) {
    const columns = sealedTables.find((sealed) => sealed.table === table)?.columns ?? [sentinelAddress.field]
    for (const field of columns) {
      const id = table === sentinelAddress.table ? `'${sentinelAddress.workspaceId}'` : `"workspaceId"::text`
      const { rows } = await session.query<{ workspaceId: string; rowId: string; sealed: string }>(
        `SELECT ${id} AS "workspaceId", "id"::text AS "rowId", ${quoted(field)} AS sealed FROM ${quoted(table)}
         WHERE ${quoted(field)} <> '' AND ${keyNameIn(quoted(field))} = $1 LIMIT 1`,
        [kid],
      )
      const sample = rows[0] && { ...rows[0], table, field }
      if (sample && opens(sample, keyring)) return sample
    }
  }
  return null
}

/** Whether these keys can open it. */
export function opens({ sealed, ...address }: Sample, keyring: Keyring): boolean {
  try {
    unseal(sealedIn({ sealed }, 'sealed'), address, keyring)
    return true
  } catch (error) {
    if (error instanceof UnsealError) return false
    throw error
  }
}
