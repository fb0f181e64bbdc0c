import { randomBytes } from 'node:crypto'
import { parseKeyring, type Keyring } from '@/lib/platform/crypto/seal'
import { readOrCreate } from './data-folder'
import { setting } from './environment'
import { PlainError } from './plain-error'

function newEncryptionKey(): string {
  return `k${randomBytes(3).toString('hex')}:${randomBytes(32).toString('base64')}`
}

/** With the built-in database the secrets are made once and kept beside it; variables that are set win. */
export function provideSecrets(dataFolder: string): void {
  process.env.PATCHBAY_ENCRYPTION_KEYS ||= readOrCreate(dataFolder, 'encryption-keys', newEncryptionKey)
  process.env.PATCHBAY_SESSION_SECRET ||= readOrCreate(dataFolder, 'session-secret', () =>
    randomBytes(32).toString('base64url'),
  )
}

/** With a database of one's own they have to be given: every process on that database needs the same. */
export function requireSecrets(): void {
  const recipes = [
    {
      name: 'PATCHBAY_ENCRYPTION_KEYS',
      meaning: 'seals all stored credentials',
      recipe: `main:$(node -p "require('crypto').randomBytes(32).toString('base64')")`,
    },
    {
      name: 'PATCHBAY_SESSION_SECRET',
      meaning: 'signs sessions',
      recipe: `$(node -p "require('crypto').randomBytes(32).toString('base64url')")`,
    },
  ].filter(({ name }) => setting(name) === undefined)
  if (recipes.length === 0) return
  throw new PlainError(
    'DATABASE_URL is set, so the secrets have to be given too: every process on this database needs the same ones.\n' +
      'Make them once, keep them safe (without the key the stored credentials cannot be read), and set\n' +
      recipes.map(({ name, meaning, recipe }) => `  ${name}=${recipe}   # ${meaning}`).join('\n'),
  )
}

export function readKeyring(): Keyring {
  try {
    return parseKeyring(setting('PATCHBAY_ENCRYPTION_KEYS') ?? '')
  } catch (error) {
    throw new PlainError((error as Error).message)
  }
}
