import { accessSync, constants, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { readMailFrom } from './mail/mail-from'
import { quoted } from './quoted'

/**
 * What is wrong with the text of a setting, as a sentence; null if nothing is. Sentences about secrets never repeat them.
 */

export function addressFault(text: string): string | null {
  if (
    !/^https?:\/\/\S/i.test(text) ||
    !URL.canParse(text) ||
    !/^([\w.-]+|\[[\da-f:.]+\])$/i.test(new URL(text).hostname)
  )
    return `${quoted(text)} is not an address that begins with http:// or https://.`
  const { username, password, pathname, search, hash } = new URL(text)
  if (username || password) return `${quoted(text)} must not contain a user name or a password.`
  if (!/^\/+$/.test(pathname) || search || hash)
    return `${quoted(text)} must not contain a path: the app is at the root of its address.`
  return null
}

/** Of a page, as browsers send it in `Origin`; a slash at the end is allowed. */
export function originFault(text: string): string | null {
  return addressFault(text) === null
    ? null
    : `${quoted(text)} is not an origin: http:// or https://, the host, and the port if it has one, without a path.`
}

const unreadableDatabaseUrl =
  'It cannot be read as the address of a database. In the user name and the password, special characters such as ' +
  '# / ? @ % must be percent-encoded (# is %23), and the port is a number up to 65535.'

export function databaseUrlFault(text: string): string | null {
  if (!/^postgres(ql)?:\/\//i.test(text)) return 'It is not an address that begins with postgres:// or postgresql://.'
  // Postgres also accepts `postgres://user@/database`, which is not a valid URL.
  const address = text.replace('@/', '@localhost/')
  if (!URL.canParse(address)) return unreadableDatabaseUrl
  const { username, password, hostname, pathname, search, hash, searchParams } = new URL(address)
  if (hash || /@/.test(pathname + search) || ![username, password, hostname, pathname].every(isPercentEncoded))
    return unreadableDatabaseUrl
  const unreadable = ['sslcert', 'sslkey', 'sslrootcert'].filter((name) => !isReadable(searchParams.get(name)))
  return unreadable.length === 0 ? null : `The file of ${unreadable.join(' and ')} cannot be read.`
}

/** pg encodes a single percent sign itself, but refuses bytes that are not UTF-8. */
function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, '%25'))
    return true
  } catch {
    return false
  }
}

function isReadable(file: string | null): boolean {
  try {
    if (file) accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}

/** Why this process cannot write to the folder, or to the part of its path that exists. */
export function folderFault(text: string): string | null {
  const existing = nearestExisting(resolve(text))
  if (!statSync(existing).isDirectory()) return `${quoted(existing)} is not a folder.`
  try {
    accessSync(existing, constants.W_OK | constants.X_OK)
    return null
  } catch {
    return `This user may not write to ${quoted(existing)}.`
  }
}

function nearestExisting(path: string): string {
  return statsOf(path) || dirname(path) === path ? path : nearestExisting(dirname(path))
}

function statsOf(path: string) {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

/** @see OpenID Connect Discovery 1.0 §3: https, without a query; http only for a provider on this machine */
export function issuerFault(text: string): string | null {
  if (!/^https?:\/\/\S/i.test(text) || !URL.canParse(text))
    return `${quoted(text)} is not an address that begins with https://.`
  const { protocol, hostname, username, password, search, hash } = new URL(text)
  if (username || password || search || hash)
    return `${quoted(text)} must be an address without a user name or a query.`
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  return protocol === 'https:' || isLoopback ? null : `${quoted(text)} must begin with https://.`
}

/** @see RFC 6749, Appendix A.1 and A.2 */
export function clientFault(text: string): string | null {
  return /^[\x20-\x7e]{1,1000}$/.test(text) ? null : 'It must have only letters, digits and signs of ASCII.'
}

export function nameFault(text: string): string | null {
  if (text.length > 60) return 'It must have at most 60 characters.'
  return /[\p{Cc}\u2028\u2029]/u.test(text) ? 'It must be one line.' : null
}

export function domainFault(text: string): string | null {
  return /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text) ? null : `${quoted(text)} is not a domain such as example.com.`
}

export function sessionSecretFault(text: string): string | null {
  // `.env` files are not run by a shell, so the command itself would be the secret, which everybody knows.
  if (text.includes('$(')) return 'It must be what the command prints, not the command.'
  return text.trim().length < 32 ? 'It must have at least 32 characters.' : null
}

export function metricsTokenFault(text: string): string | null {
  return /^[\x21-\x7e]{16,}$/.test(text) ? null : 'It must have at least 16 characters, without spaces.'
}

export function mailFromFault(text: string): string | null {
  if (readMailFrom(text) !== null) return null
  return `${quoted(text)} is not an email address, such as patchbay@example.com or Patchbay <patchbay@example.com>.`
}
