import type { Client } from 'pg'
import type { Keyring } from '@/lib/platform/crypto/keyring'
import { seal, sealedIn, unseal, type Sealed } from '@/lib/platform/crypto/seal'
import type { KeyUsage } from './keys/key-usage'
import { PlainError } from './plain-error'

/** The address that the sentinel is sealed for. */
export const sentinelAddress = {
  workspaceId: 'installation',
  table: 'Installation',
  rowId: '1',
  field: 'sealedSentinel',
}

/**
 * Checks at start that the keys can open the data of this database. The first start seals the sentinel. It stays sealed
 * with that key until re-sealing has left no other value with it, so that a key that is still needed is not removed.
 */
export async function checkSentinel(database: Client, keyring: Keyring): Promise<void> {
  await database.query(`INSERT INTO "Installation" ("id") VALUES (1) ON CONFLICT DO NOTHING`)
  await database.query(`UPDATE "Installation" SET "sealedSentinel" = $1 WHERE "id" = 1 AND "sealedSentinel" IS NULL`, [
    seal('patchbay', sentinelAddress, keyring),
  ])
  const { rows } = await database.query<{ sealedSentinel: string }>(
    `SELECT "sealedSentinel" FROM "Installation" WHERE "id" = 1`,
  )
  const sealed = sealedIn(rows[0]!, 'sealedSentinel')
  try {
    unseal(sealed, sentinelAddress, keyring)
  } catch {
    throw new PlainError(wrongKey(sealed, keyring))
  }
}

/** Seals the sentinel with the first key, unless other values still use the key that it has now. */
export async function resealSentinel(database: Client, keyring: Keyring, usage: KeyUsage): Promise<void> {
  const { rows } = await database.query<{ sealedSentinel: string | null }>(
    `SELECT "sealedSentinel" FROM "Installation"`,
  )
  const sealed = rows[0] ? sealedIn(rows[0], 'sealedSentinel') : null
  const kid = sealed?.split('.')[1] ?? keyring.sealing.kid
  const others = [...(usage.get(kid)?.keys() ?? [])].filter((table) => table !== sentinelAddress.table)
  if (sealed === null || kid === keyring.sealing.kid || others.length > 0) return
  const fresh = seal(unseal(sealed, sentinelAddress, keyring), sentinelAddress, keyring)
  await database.query(`UPDATE "Installation" SET "sealedSentinel" = $1 WHERE "sealedSentinel" = $2`, [fresh, sealed])
}

function wrongKey(sealed: Sealed, keyring: Keyring): string {
  const kid = sealed.split('.')[1] ?? ''
  const held = [...keyring.byKid.keys()].map((name) => `“${name}”`).join(', ')
  const fault = keyring.byKid.has(kid)
    ? `The key “${kid}” in PATCHBAY_ENCRYPTION_KEYS is not the key of that name that this database was sealed with.`
    : `This database was sealed with the key “${kid}”; PATCHBAY_ENCRYPTION_KEYS contains ${held}.`
  return `${fault}\nNothing was started, because no stored credential could be read. Provide the original key (with the built-in database: the file encryption-keys in its data folder). You can list other keys too.`
}
