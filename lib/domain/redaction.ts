import type { KnownSecrets } from './secret-book'
import { base64OfBytes, formEncode, jsonEscape, percentEncode, utf8, xmlEscape } from './encoding'

/** Removes secrets from what is shown and logged: by the field's name, and by value wherever it stands (DATA §10). */

export const secretMask = '••••••'

/** Shorter values stand in too many texts by chance; they are removed by their field only. */
const shortestByValue = 4

/** Compared without regard to case, hyphens and underscores. */
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
  /** Values that must not be seen, as they are used. */
  secrets: KnownSecrets
  /** Further names of fields whose values are secret, besides the well-known ones. */
  fieldNames?: readonly string[]
}

export type Redactor = {
  /** Any text: secrets by value only. */
  text: (text: string) => string
  headers: (headers: readonly (readonly [string, string])[]) => [name: string, value: string][]
  url: (url: string) => string
  /** JSON, forms, XML or plain text, also when cut off in the middle. */
  body: (text: string) => string
}

export function createRedactor({ secrets, fieldNames = [] }: RedactorInput): Redactor {
  const pattern = patternOf(secrets)
  const fields = new Set([...secretFields, ...fieldNames.map(foldField)])
  const isSecret = rememberingNames((name) => fields.has(foldField(name)))
  const text = (value: string) => (pattern ? value.replace(pattern, secretMask) : value)
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

/** The same few names come again and again: in the rows of one body, and in body after body. */
function rememberingNames(isSecret: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>()
  return (name) => {
    const earlier = known.get(name)
    if (earlier !== undefined) return earlier
    const answer = isSecret(name)
    if (known.size < mostNames) known.set(name, answer)
    return answer
  }
}

function foldField(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, '')
}

/** Every form in which a value may stand in a text. */
export function formsOf(secret: string): string[] {
  const encoded = [percentEncode(secret), encodeURIComponent(secret.toWellFormed()), formEncode(secret)]
  const escaped = [
    jsonEscape(secret),
    jsonEscape(jsonEscape(secret)),
    xmlEscape(secret),
    jsonEscape(secret).replaceAll('/', '\\/'),
  ]
  const lower = encoded.map((form) => form.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()))
  const base64Forms = base64Within(secret)
  const urlForms = base64Forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))
  const encodedBase64 = base64Forms.flatMap((form) => [
    percentEncode(form),
    percentEncode(form).toLowerCase() === percentEncode(form) ? form : percentEncode(form),
  ])
  return [...new Set([secret, ...encoded, ...lower, ...escaped, ...base64Forms, ...urlForms, ...encodedBase64])]
}

/**
 * The value's base64, alone and as it stands inside a longer text's base64: there it begins at one of three offsets,
 * and only the characters that depend on nothing but the value are the same.
 */
function base64Within(secret: string): string[] {
  const bytes = utf8(secret)
  const whole = base64OfBytes(bytes)
  const inner = [0, 1, 2].map((offset) => {
    const padded = new Uint8Array(offset + bytes.length)
    padded.set(bytes, offset)
    const lastWhole = Math.floor((padded.length * 8) / 6)
    return base64OfBytes(padded).slice(Math.ceil((offset * 8) / 6), lastWhole)
  })
  // Few characters of base64 stand in too many texts by chance.
  return [whole, whole.replace(/=+$/, ''), ...inner].filter((form) => form.length >= 6)
}

function patternOf(secrets: KnownSecrets): RegExp | null {
  const forms = secrets
    .texts()
    .filter((secret) => secret.length >= shortestByValue)
    .flatMap(formsOf)
  if (forms.length === 0) return null
  const longestFirst = [...new Set(forms)].sort((left, right) => right.length - left.length)
  return new RegExp(longestFirst.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g')
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
  // A name ends at the next delimiter: one that ran over them would be looked for again from each of them.
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
 * Also in JSON that is cut off: the last text may have no closing quote. A value's end is looked for step by step: an
 * expression that matched a text of megabytes would exhaust the stack.
 */
function maskJsonFields(body: string, isSecret: (name: string) => boolean): string {
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

/** Behind the closing quote, which no odd number of backslashes stands before; the text's end where there is none. */
function endOfString(text: string, begin: number): number {
  for (let quote = text.indexOf('"', begin + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let before = quote
    while (text[before - 1] === '\\') before -= 1
    if ((quote - before) % 2 === 0) return quote + 1
  }
  return text.length
}
