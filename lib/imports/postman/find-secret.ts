import { findLiteralSecret, isSecretName } from '@/lib/domain/variables/literal-secrets'
import { isCredentialName } from '../curl/find-credentials'
import { blank, firstNamedSecret } from '../curl/named-secrets'
import { isPageToken } from '../curl/placeholders'

/** Recognises secrets in what a request sends, by names and by forms. */

export type FoundSecret = { name: string; start: number; end: number }

/** Whether any text that is sent under this name, in whatever place, is a secret. */
export const isSecretField = (name: string) => isSecretName(name) && !isPageToken(name)

/** Whether what a header or a query parameter of this name sends is a credential. */
export const isCredential = (key: string) => isCredentialName(key) || isCookie(key)

export const isCookie = (key: string) => /^cookie$/i.test(key)

/** The values of a header with cookies that are no variables. */
export function cookiesOf(header: string): { name: string; start: number; secret: string }[] {
  return [...header.matchAll(/(?<![^;\s])([^=;\s{}]{1,256})=([^;{}]+)(?=;|$)/g)].map(
    ({ 0: found, 1: name = '', 2: secret = '', index }) => ({
      ...{ name, secret, start: index + found.length - secret.length },
    }),
  )
}

/**
 * The first secret that a text contains.
 * @param name under which it is sent
 * @param isPart the rest is a variable or another secret, so that the name alone does not make it a secret
 */
export function findSecret(text: string, name: string, isPart: boolean): FoundSecret | null {
  const named = firstNamedSecret(text)
  if (named !== null) return { ...named, end: Math.max(named.end, endOfKey(text, named.start)) }
  const found = findLiteralSecret(text, isPart ? '' : name)
  if (found === null) return null
  const scheme = /^(?:Bearer|Basic|Token)\s+/i.exec(text.slice(found.start, found.end))?.[0] ?? ''
  return { name, start: found.start + scheme.length, end: Math.max(found.end, endOfKey(text, found.start)) }
}

/** The end of a private key in PEM that begins here, which may be cut off; 0 if none does. */
function endOfKey(text: string, start: number): number {
  if (!text.startsWith('-----BEGIN ', start)) return 0
  const rest = text.slice(start)
  const length = /-----END [A-Z0-9 ]*-----/.exec(rest)
  const whole = length === null ? rest : rest.slice(0, length.index + length[0].length)
  const taken = whole.indexOf(blank)
  return start + (taken < 0 ? whole.length : taken)
}
