import type { Client } from 'pg'
import type { Keyring } from '@/lib/platform/crypto/keyring'
import { seal, sealedIn, unseal, type Sealed } from '@/lib/platform/crypto/seal'
import { PlainError } from './plain-error'

const place = { workspaceId: 'installation', table: 'Installation', rowId: '1', field: 'sealedSentinel' }

/**
 * Shows at start that the keys in use open what this database holds; the first start seals the sentinel. It stays
 * sealed with the key of that day, so that a key is not taken away while the data still needs it.
 */
export async function checkSentinel(database: Client, keyring: Keyring): Promise<void> {
  await database.query(`INSERT INTO "Installation" ("id") VALUES (1) ON CONFLICT DO NOTHING`)
  await database.query(`UPDATE "Installation" SET "sealedSentinel" = $1 WHERE "id" = 1 AND "sealedSentinel" IS NULL`, [
    seal('patchbay', place, keyring),
  ])
  const { rows } = await database.query<{ sealedSentinel: string }>(
    `SELECT "sealedSentinel" FROM "Installation" WHERE "id" = 1`,
  )
  const sealed = sealedIn(rows[0]!, 'sealedSentinel')
  try {
    unseal(sealed, place, keyring)
  } catch {
    throw new PlainError(wrongKey(sealed, keyring))
  }
}

function wrongKey(sealed: Sealed, keyring: Keyring): string {
  const kid = sealed.split('.')[1] ?? ''
  const held = [...keyring.byKid.keys()].map((name) => `"${name}"`).join(', ')
  const fault = keyring.byKid.has(kid)
    ? `PATCHBAY_ENCRYPTION_KEYS holds another key under the name "${kid}" than the one this database was sealed with.`
    : `This database was sealed with the key "${kid}"; PATCHBAY_ENCRYPTION_KEYS holds ${held}.`
  return `${fault}\nNothing was started, because no stored credential could be read. Give the original key (with the built-in database: the file encryption-keys in its data folder); further keys may stand beside it.`
}
