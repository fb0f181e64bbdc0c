import { flowReference } from '../templates/flow-reference'
import { parseTemplate } from '../templates/parse-template'

/** Finds literal secrets in a definition, which many people can read and export (rule R10). */

export type LiteralSecret = {
  /** What it looks like, for the message; never the secret itself. */
  kind: string
  start: number
  end: number
}

const knownForms: { kind: string; pattern: RegExp }[] = [
  { kind: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { kind: 'a JSON Web Token', pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/ },
  { kind: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { kind: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/ },
  { kind: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  { kind: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  { kind: 'a Stripe key', pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/ },
  { kind: 'a Google API key', pattern: /\bAIza[A-Za-z0-9_-]{35}/ },
  { kind: 'a Google OAuth secret', pattern: /\bGOCSPX-[A-Za-z0-9_-]{20,}/ },
  { kind: 'a Shopify token', pattern: /\bshp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}/ },
  { kind: 'a SendGrid key', pattern: /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/ },
  { kind: 'an API key', pattern: /\bsk-[A-Za-z0-9_-]{20,}/ },
  { kind: 'credentials', pattern: /\b(?:Bearer|Basic|Token)\s+[A-Za-z0-9+/_.=~-]{16,}/i },
]

const secretNames =
  /pass(?:word|wd|phrase)?$|secret|token$|api[-_]?key|private[-_]?key|^authorization$|^x-[\w-]*key$|access[-_]?key/i

/** Names of settings of the protocol, which are not secret. */
const settingNames = /token_?type|token_?key|grant|_url$|_uri$/i

/**
 * The first literal secret in a text, or null.
 * @param fieldName the name under which the text is sent or stored: in a field called password, any word is a secret
 */
export function findLiteralSecret(text: string, fieldName: string = ''): LiteralSecret | null {
  const literal = blankOutputs(text)
  for (const { kind, pattern } of knownForms) {
    const match = pattern.exec(literal)
    if (match) return { kind, start: match.index, end: match.index + match[0].length }
  }
  // Next to a variable, a word is only a scheme or a prefix: “Zoho-oauthtoken {{ token }}”.
  return (literal === text ? findByName(literal, fieldName) : null) ?? findByEntropy(literal)
}

/** The first literal secret in a description, which may contain long random words: IDs, and links to documents. */
export function findLiteralSecretInProse(text: string): LiteralSecret | null {
  const found = findLiteralSecret(text)
  return found?.kind === 'a random key' ? null : found
}

/** Every output of a text that was parsed has its end. Other brackets, such as those of lists in JSON, are literals. */
const notLiteral = new RegExp(`\\{\\{.*?\\}\\}|${flowReference.source}`, 'gs')

/** Replaces outputs and flow values, which are no literals, by spaces of the same length. */
function blankOutputs(text: string): string {
  if (!parseTemplate(text).ok) return text
  return text.replace(notLiteral, (output) => ' '.repeat(output.length))
}

/** Whether what is sent or stored under this name is a secret: `client_secret` is, `token_url` is not. */
export function isSecretName(name: string): boolean {
  return secretNames.test(name) && !settingNames.test(name)
}

/** Words that only say how a header is to be read. */
const schemes = /^\s*(?:(?:bearer|basic|token|apikey)\b|wsse profile="UsernameToken")/i

function findByName(literal: string, fieldName: string): LiteralSecret | null {
  if (!isSecretName(fieldName)) return null
  const match = /[^\s:,;]{6,}/.exec(literal.replace(schemes, (scheme) => ' '.repeat(scheme.length)))
  return match ? { kind: 'a secret', start: match.index, end: match.index + match[0].length } : null
}

const shortestRandom = 24
const leastEntropy = 3.9

/** Finds long random strings of letters and digits. */
function findByEntropy(literal: string): LiteralSecret | null {
  for (const match of literal.matchAll(/[A-Za-z0-9+_=-]{24,}/g)) {
    const [word] = match
    const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(word)
    const mixed = /\d/.test(word) && /[A-Za-z]/.test(word) && !/^[a-z]+([-_][a-z0-9]+)+$/i.test(word)
    const hex = /^[0-9a-f]{32,}$/i.test(word)
    const random = word.length >= shortestRandom && entropyOf(word) >= leastEntropy
    if (!isUuid && ((mixed && random) || hex))
      return { kind: 'a random key', start: match.index, end: match.index + word.length }
  }
  return null
}

/** Shannon entropy, in bits per character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0)
}

/** The message at the field. */
export function literalSecretMessage({ kind }: LiteralSecret): string {
  return `This looks like ${kind}. Everyone who can see the connector can read it here. Make it a secret variable and write {{ its_key }} instead.`
}
