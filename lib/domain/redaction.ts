import type { KnownSecrets } from './secret-book'
import { createSecretSearch } from './secret-search'
import type { Span } from './escapes'
import { countWork } from './work-meter'
import { isWordOfSentence } from './words-of-messages'

/** Redacts secrets in everything that is shown or logged: by the name of a field, and by value (DATA §10). */

export const secretMask = '••••••'

/** Compared without case, hyphens, underscores and spaces. */
const secretFields = [
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'apikey',
  'xapikey',
  'apisecret',
  'apitoken',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authtoken',
  'xauthtoken',
  'sessiontoken',
  'bearertoken',
  'clientsecret',
  'consumersecret',
  'tokensecret',
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'secret',
  'secretkey',
  'privatekey',
  'signingkey',
  'codeverifier',
  'clientassertion',
  'assertion',
  'xamzsecuritytoken',
  'xcsrftoken',
]

export type RedactorInput = {
  /** The secret values, as they are used. */
  secrets: KnownSecrets
  /** Names of fields whose values are secret, besides the well-known ones. */
  fieldNames?: readonly string[]
}

export type Redactor = {
  /** Any text; redacts by value only. */
  text: (text: string) => string
  headers: (headers: readonly (readonly [string, string])[]) => [name: string, value: string][]
  url: (url: string) => string
  /** JSON, forms, XML or plain text, also if it is truncated. */
  body: (text: string) => string
}

export function createRedactor({ secrets, fieldNames = [] }: RedactorInput): Redactor {
  const find = createSecretSearch(secrets.texts())
  const fields = new Set([...secretFields, ...fieldNames.map(foldField)])
  const isSecret = rememberingNames((name) => fields.has(foldField(name)))
  const text = (value: string) =>
    maskSpans(
      value,
      find(value).filter((span) => !isWordOfSentence(value, span)),
    )
  return {
    text,
    headers: (headers) =>
      headers.map(([name, value]) => [
        name,
        isSecret(name) ? maskHeader(name, value) : text(maskPairs(value, isSecret)),
      ]),
    url: (url) => text(maskPairs(maskUserInfo(url), isSecret)),
    body: (body) =>
      text(maskJsonFields(looksLikeForm(body) ? maskPairs(`?${body}`, isSecret).slice(1) : body, isSecret)),
  }
}

const mostNames = 1_000

/** The same few names occur again and again: in the rows of a body, and in many bodies. */
function rememberingNames(isSecret: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>()
  return (name) => {
    const earlier = known.get(name)
    if (earlier !== undefined) return earlier
    const found = isSecret(name)
    if (known.size < mostNames) known.set(name, found)
    return found
  }
}

function foldField(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, '')
}

function maskSpans(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text
  const shown = [0, ...spans.map(([, end]) => end)].map((from, index) => text.slice(from, spans[index]?.[0]))
  return shown.join(secretMask)
}

/** The scheme stays readable: `Bearer ••••••`. */
function maskHeader(name: string, value: string): string {
  const scheme = foldField(name).endsWith('authorization') ? /^[A-Za-z][A-Za-z0-9_-]*(?= )/.exec(value)?.[0] : undefined
  return scheme ? `${scheme} ${secretMask}` : secretMask
}

function maskUserInfo(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${secretMask}@`)
}

function maskPairs(text: string, isSecret: (name: string) => boolean): string {
  // A name ends at the next delimiter; otherwise the search would start again at each of them.
  return text.replace(/([?&#])([^=?&#\s]+)=([^&#]*)/g, (pair, before: string, name: string) =>
    isSecret(decode(name)) ? `${before}${name}=${secretMask}` : pair,
  )
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    return name
  }
}

function looksLikeForm(body: string): boolean {
  return /^[^\s={}<>"]+=[^\s{}<>"]*$/.test(body.trim())
}

const jsonField = /"((?:[^"\\]|\\.){1,64})"(\s*:\s*)(?=["\d-])/g
const jsonNumber = /-?\d[\d.eE+-]*/y

/**
 * Also works on truncated JSON, where the last string may have no closing quote. The end of a value is searched step by
 * step, because a regular expression that matches megabytes would exhaust the stack.
 */
function maskJsonFields(body: string, isSecret: (name: string) => boolean): string {
  countWork(body.length)
  const pieces: string[] = []
  let shown = 0
  jsonField.lastIndex = 0
  for (let field = jsonField.exec(body); field; field = jsonField.exec(body)) {
    const begin = jsonField.lastIndex
    const end = body[begin] === '"' ? endOfString(body, begin) : endOfNumber(body, begin)
    if (end > begin && isSecret(field[1] ?? '')) {
      pieces.push(body.slice(shown, begin), `"${secretMask}"`)
      shown = end
    }
    jsonField.lastIndex = end
  }
  return pieces.join('') + body.slice(shown)
}

function endOfNumber(text: string, begin: number): number {
  jsonNumber.lastIndex = begin
  return jsonNumber.test(text) ? jsonNumber.lastIndex : begin
}

/** The index after the closing quote (one without an odd number of backslashes before it), or the end of the text. */
function endOfString(text: string, begin: number): number {
  for (let quote = text.indexOf('"', begin + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let before = quote
    while (text[before - 1] === '\\') before -= 1
    if ((quote - before) % 2 === 0) return quote + 1
  }
  return text.length
}
