import { randomBytes } from 'node:crypto'
import type { Keyring } from '@/lib/platform/crypto/keyring'
import { describeProblems, readWith, withDatabase } from '@/lib/platform/settings'
import { readOrCreate } from './data-folder'
import { PlainError } from './plain-error'

/** A file of the data folder, in the format of PATCHBAY_ENCRYPTION_KEYS. */
export const keysFile = 'encryption-keys'

/**
 * For the built-in database, the secrets are generated once and stored beside it, unless variables set them. Puts them
 * into the environment for everything that is started from here.
 */
export function provideSecrets(dataFolder: string): Keyring {
  const secrets = {
    PATCHBAY_ENCRYPTION_KEYS:
      process.env.PATCHBAY_ENCRYPTION_KEYS || readOrCreate(dataFolder, keysFile, newEncryptionKey),
    PATCHBAY_SESSION_SECRET:
      process.env.PATCHBAY_SESSION_SECRET || readOrCreate(dataFolder, 'session-secret', newSessionSecret),
  }
  Object.assign(process.env, secrets)
  const reading = readWith(secretsSchema, secrets)
  if (reading.ok) return reading.settings.PATCHBAY_ENCRYPTION_KEYS
  throw new PlainError(
    `The files encryption-keys and session-secret in ${dataFolder} are damaged.\n\n${describeProblems(reading.problems)}`,
  )
}

const secretsSchema = withDatabase.pick({ PATCHBAY_ENCRYPTION_KEYS: true, PATCHBAY_SESSION_SECRET: true })

/** A key of random bytes under a random name: `k1f2e3d:base64`. */
export function newEncryptionKey(): string {
  return `k${randomBytes(3).toString('hex')}:${randomBytes(32).toString('base64')}`
}

function newSessionSecret(): string {
  return randomBytes(32).toString('base64url')
}
