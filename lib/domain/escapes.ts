/** Decodes the escapes of web pages, URLs and source code. */

/** A range of characters; `end` is exclusive. */
export type Span = readonly [begin: number, end: number]

export type Decoded = {
  text: string
  /** Maps a span of the decoded text to the original; an escape is never cut in two. */
  originOf: (span: Span) => Span
}

const hex = '[0-9A-Fa-f]'
const continuation = '[89ABab][0-9A-Fa-f]'

/** Characters in UTF-8 (RFC 3629 §4), or single bytes; each byte is the prefix and two digits. */
function bytesBehind(prefix: string): string[] {
  return [
    `${prefix}[CDcd]${hex}${prefix}${continuation}`,
    `${prefix}[Ee]${hex}(?:${prefix}${continuation}){2}`,
    `${prefix}[Ff][0-7](?:${prefix}${continuation}){3}`,
    `${prefix}${hex}{2}`,
  ]
}

// No part of it repeats without a limit, so that the time is linear in the length of the text.
const escapeHere = new RegExp(
  [
    String.raw`\\["'\\/bfnrt]`,
    ...bytesBehind('%'),
    ...bytesBehind(String.raw`\\x`),
    String.raw`\\u${hex}{4}`,
    String.raw`&#\d{1,8};`,
    `&#[Xx]${hex}{1,8};`,
    '&(?:amp|lt|gt|quot|apos);',
  ].join('|'),
  'y',
)

const [percentSign, ampersand, backslash] = [0x25, 0x26, 0x5c]

const entities = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
])

/** By the code of the letter after the backslash. */
const controls = new Map(
  Object.entries({ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }).map(([letter, control]) => [
    letter.charCodeAt(0),
    control,
  ]),
)

/**
 * Decodes percent-encoding, HTML entities and the escapes of JSON and JavaScript once: text that was encoded twice is
 * still encoded once. Null if the text has no escapes.
 */
export function decodeEscapes(text: string): Decoded | null {
  if (!mayHaveEscapes(text)) return null
  let [decoded, shown] = ['', 0]
  forEachEscape(text, (begin, end) => {
    if (begin > shown) decoded += text.slice(shown, begin)
    decoded += characterOf(text, begin, end)
    shown = end
  })
  if (shown === 0) return null
  // Origins are needed only if a secret is found, and computing them takes longer than everything else.
  let originOf: Decoded['originOf'] | null = null
  return { text: decoded + text.slice(shown), originOf: (span) => (originOf ??= originsIn(text))(span) }
}

function originsIn(text: string): Decoded['originOf'] {
  const [begins, ends, decodedBegins, decodedEnds]: [number[], number[], number[], number[]] = [[], [], [], []]
  let shorter = 0
  forEachEscape(text, (begin, end) => {
    begins.push(begin)
    ends.push(end)
    decodedBegins.push(begin - shorter)
    shorter += end - begin - characterOf(text, begin, end).length
    decodedEnds.push(end - shorter)
  })
  const originOfOne = (index: number): Span => {
    const escape = lastUpTo(decodedBegins, index)
    if (escape === -1) return [index, index + 1]
    const behind = index - decodedEnds[escape]!
    return behind < 0 ? [begins[escape]!, ends[escape]!] : [ends[escape]! + behind, ends[escape]! + behind + 1]
  }
  return ([begin, end]) => [originOfOne(begin)[0], originOfOne(end - 1)[1]]
}

function forEachEscape(text: string, visit: (begin: number, end: number) => void): void {
  for (let begin = 0; begin < text.length; begin += 1) {
    const code = text.charCodeAt(begin)
    if (code !== percentSign && code !== ampersand && code !== backslash) continue
    escapeHere.lastIndex = begin
    if (!escapeHere.test(text)) continue
    visit(begin, escapeHere.lastIndex)
    begin = escapeHere.lastIndex - 1
  }
}

/** A quick check, because most texts have no escapes. */
function mayHaveEscapes(text: string): boolean {
  return text.includes('%') || text.includes('\\') || (text.includes('&') && text.includes(';'))
}

/** The two most common kinds come first and are recognised by their length: `\n` and `%20`. */
function characterOf(text: string, begin: number, end: number): string {
  if (end - begin === 2) return controls.get(text.charCodeAt(begin + 1)) ?? text.charAt(begin + 1)
  if (end - begin === 3) return String.fromCharCode(parseInt(text.slice(begin + 1, end), 16))
  const escape = text.slice(begin, end)
  if (escape.startsWith('\\u')) return String.fromCharCode(parseInt(escape.slice(2), 16))
  if (escape.startsWith('&#x') || escape.startsWith('&#X')) return characterAt(parseInt(escape.slice(3), 16))
  if (escape.startsWith('&#')) return characterAt(parseInt(escape.slice(2), 10))
  if (escape.startsWith('&')) return entities.get(escape)!
  return characterOfBytes(escape.split(/%|\\x/).slice(1))
}

/** A single byte is a character of Latin-1, as `\xe9` in JavaScript. */
function characterOfBytes([lead = '', ...rest]: readonly string[]): string {
  const first = parseInt(lead, 16)
  if (rest.length === 0) return String.fromCharCode(first)
  const bits = first & (0x3f >> rest.length)
  return characterAt(rest.reduce((point, byte) => (point << 6) | (parseInt(byte, 16) & 0x3f), bits))
}

function characterAt(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd'
}

/** The index of the last number that is not greater, in a sorted list; -1 if all are greater. */
function lastUpTo(rising: readonly number[], limit: number): number {
  let [low, high] = [0, rising.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (rising[middle]! <= limit) low = middle + 1
    else high = middle
  }
  return low - 1
}
