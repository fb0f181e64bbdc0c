import 'server-only'
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { env } from '@/lib/platform/env'
import type { Keyring } from './keyring'

/**
 * Sealed text: `v1.<kid>.<nonce>.<ciphertext+tag>`, AES-256-GCM, base64url parts. Safe to store, never to show. It comes
 * from `seal` and from `sealedIn` alone, so that no other text is opened by mistake.
 */
export type Sealed = string & { readonly sealed: unique symbol }

/**
 * Reads a sealed column of a database row. Only here text from the database becomes `Sealed`. Such columns are called
 * `sealed…` and contain nothing else (DATA §5).
 */
export function sealedIn<Column extends `sealed${string}`, Row extends Record<Column, string | null>>(
  row: Row,
  column: Column,
): Sealed | Extract<Row[Column], null> {
  return row[column] as Sealed | Extract<Row[Column], null>
}

/** The row and field of a sealed value, authenticated with it: moved to another one, the value does not open. */
export type FieldAddress = { workspaceId: string; table: string; rowId: string; field: string }

const nonceBytes = 12
const tagBytes = 16

function currentKeyring(): Keyring {
  return env().PATCHBAY_ENCRYPTION_KEYS
}

/** The names of the keys in use: the first seals, all open. */
export function keyNames(): { sealing: string; opening: string[] } {
  const { sealing, byKid } = currentKeyring()
  return { sealing: sealing.kid, opening: [...byKid.keys()] }
}

function authenticatedData(address: FieldAddress): Buffer {
  return Buffer.from([address.workspaceId, address.table, address.rowId, address.field].join('|'))
}

let randomness = Buffer.alloc(0)

/** Getting random bytes costs as much as sealing, so many nonces are generated at once. Each is used once. */
function nextNonce(): Buffer {
  if (randomness.byteLength < nonceBytes) randomness = randomBytes(nonceBytes * 256)
  const nonce = randomness.subarray(0, nonceBytes)
  randomness = randomness.subarray(nonceBytes)
  return nonce
}

export function seal(plain: string, address: FieldAddress, ring: Keyring = currentKeyring()): Sealed {
  const { kid, key } = ring.sealing
  const nonce = nextNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(authenticatedData(address))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `v1.${kid}.${nonce.toString('base64url')}.${sealed.toString('base64url')}` as Sealed
}

/**
 * Seals bytes, such as a piece of a file, which a text would make a third larger: `v1.<kid>.<nonce>.`, then the
 * ciphertext and its tag as they are.
 */
export function sealBytes(plain: Uint8Array, address: FieldAddress, ring: Keyring = currentKeyring()): Buffer {
  const { kid, key } = ring.sealing
  const nonce = nextNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(authenticatedData(address))
  const head = Buffer.from(`v1.${kid}.${nonce.toString('base64url')}.`)
  return Buffer.concat([head, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** In bytes: a longer beginning is not that of sealed bytes. */
const longestHead = 80

/** Opens bytes that were sealed for this field; throws an `UnsealError` if they do not open. */
export function unsealBytes(sealed: Buffer, address: FieldAddress, ring: Keyring = currentKeyring()): Buffer {
  const where = `${address.table}.${address.field} of ${address.rowId}`
  const [head = '', kid = '', nonce = ''] =
    /^v1\.([^.]*)\.([\w-]+)\./.exec(sealed.toString('latin1', 0, longestHead)) ?? []
  if (head === '') throw new UnsealError(`${where} is not a sealed value`)
  const key = ring.byKid.get(kid)
  if (!key)
    throw new UnsealError(`${where} was sealed with the key “${kid}”, which is missing in PATCHBAY_ENCRYPTION_KEYS`)
  const body = sealed.subarray(head.length)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url')).setAAD(
      authenticatedData(address),
    )
    decipher.setAuthTag(body.subarray(-tagBytes))
    return Buffer.concat([decipher.update(body.subarray(0, -tagBytes)), decipher.final()])
  } catch {
    throw new UnsealError(
      `${where} does not open with the key “${kid}”: it is another key of that name, or the value was copied from elsewhere`,
    )
  }
}

/** Thrown if a sealed value does not open. Its message names the key and the field, never the value. */
export class UnsealError extends Error {
  override name = 'UnsealError'
}

/** Opens a value that was sealed for this field; throws an `UnsealError` if it does not open. */
export function unseal(sealed: Sealed, address: FieldAddress, ring: Keyring = currentKeyring()): string {
  const where = `${address.table}.${address.field} of ${address.rowId}`
  const [version, kid = '', nonce, body] = sealed.split('.')
  if (version !== 'v1' || !nonce || !body) throw new UnsealError(`${where} is not a sealed value`)
  const key = ring.byKid.get(kid)
  if (!key)
    throw new UnsealError(`${where} was sealed with the key “${kid}”, which is missing in PATCHBAY_ENCRYPTION_KEYS`)
  const bytes = Buffer.from(body, 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url')).setAAD(
      authenticatedData(address),
    )
    decipher.setAuthTag(bytes.subarray(-tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    throw new UnsealError(
      `${where} does not open with the key “${kid}”: it is another key of that name, or the value was copied from elsewhere`,
    )
  }
}
