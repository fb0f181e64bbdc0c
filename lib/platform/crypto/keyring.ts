import { createSecretKey, type KeyObject } from 'node:crypto'

/** Keys as objects, because Node would create one from bytes for each value, at half the cost of sealing. */
export type Keyring = { sealing: { kid: string; key: KeyObject }; byKid: Map<string, KeyObject> }

const keyBytes = 32

/**
 * Reads `kid:base64,kid:base64,…`. Throws if a key is not 32 bytes long or a kid is used twice. The message gives only
 * the position of the key, because without a colon the text that looks like a kid is the key itself.
 */
export function parseKeyring(text: string): Keyring {
  const parts = text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
  const byKid = new Map<string, KeyObject>()
  for (const [index, part] of parts.entries()) {
    const [kid, key] = parseKey(part, index + 1)
    if (byKid.has(kid))
      throw new Error(`Key ${index + 1} has the same name as key ${[...byKid.keys()].indexOf(kid) + 1}.`)
    byKid.set(kid, key)
  }
  const [first] = byKid
  if (!first) throw new Error('It contains no key.')
  return { sealing: { kid: first[0], key: first[1] }, byKid }
}

function parseKey(part: string, position: number): [kid: string, key: KeyObject] {
  const colon = part.indexOf(':')
  if (colon < 0) throw new Error(`Key ${position} does not have the form name:key.`)
  const kid = part.slice(0, colon)
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(kid))
    throw new Error(`The name of key ${position} must consist of 1 to 32 letters, digits, - and _.`)
  const key = Buffer.from(part.slice(colon + 1), 'base64')
  if (key.length !== keyBytes) throw new Error(`Key ${position} must be ${keyBytes} bytes in base64.`)
  return [kid, createSecretKey(key)]
}
