import { byteText, hexOfBytes, utf8 } from './encoding'
import { decodeEscapes, type Span } from './escapes'
import { countWork } from './work-meter'

/** Finds secrets in a text, also if a third party repeats them in another notation (DATA §10). */

/** Finds all spans of secrets, in order and without overlap. */
export type SecretSearch = (text: string) => Span[]

type Form = {
  text: string
  /** Also found in other case; the text is in lower case. */
  inAnyCase: boolean
}

/** Shorter values occur in too many texts by chance. */
const shortestByValue = 4

/** Fewer characters of base64 occur in too many texts by chance. */
const shortestBase64 = 6

/**
 * A word chosen as a password must not mask the same word with a capital letter in a sentence or a name. Hardly any word
 * has 16 letters, and a value with digits or punctuation is hardly a word.
 */
const shortestInAnyCase = 8
const shortestWordInAnyCase = 16

/** JSON inside JSON inside a URL, for example. */
const mostLayers = 4

/**
 * Searches the text as it is, and again after decoding its escapes, as long as it has any. All notations of escapes are
 * decoded in one pass, so that mixed notations are found too and no secret needs a form for each of them. The time is
 * linear in the length of the text.
 */
export function createSecretSearch(secrets: readonly string[]): SecretSearch {
  const forms = [...new Set(secrets)].filter((secret) => secret.length >= shortestByValue).flatMap(formsOf)
  if (forms.length === 0) return () => []
  const find = searchFor(forms)
  return (text) => {
    countWork(text.length)
    let found = find(text)
    let [inner, originOf] = [text, (span: Span) => span]
    for (let layer = 0; layer < mostLayers; layer += 1) {
      const decoded = decodeEscapes(inner)
      if (!decoded) break
      const outer = originOf
      originOf = (span) => outer(decoded.originOf(span))
      found = found.concat(find(decoded.text).map(originOf))
      inner = decoded.text
    }
    return withoutOverlap(found)
  }
}

function withoutOverlap(spans: Span[]): Span[] {
  const merged: [number, number][] = []
  for (const [begin, end] of spans.sort((left, right) => left[0] - right[0])) {
    const last = merged.at(-1)
    if (last && begin < last[1]) last[1] = Math.max(last[1], end)
    else merged.push([begin, end])
  }
  return merged
}

/** The forms in which a value may occur in a text whose escapes are decoded. */
function formsOf(secret: string): Form[] {
  const bytes = utf8(secret)
  const standard = base64Forms(byteText(bytes))
  const once = [...new Set([...standard, ...standard.map(inAlphabetOfUrls)])]
  // The base64 of base64 has neither + nor /, so it is the same in both alphabets.
  const twice = once.flatMap(base64Forms)
  return [
    ...plainForms(secret).map((text) => formOf(text, text)),
    ...[...new Set([...once, ...twice])].map((text) => formOf(text, secret)),
    { text: hexOfBytes(bytes), inAnyCase: true },
  ]
}

function formOf(text: string, secret: string): Form {
  const shortest = /^\p{L}+$/u.test(secret) ? shortestWordInAnyCase : shortestInAnyCase
  return secret.length >= shortest ? { text: foldCase(text), inAnyCase: true } : { text, inAnyCase: false }
}

/**
 * The value itself; with `+` for spaces, as in a form; with replacement characters for lone surrogates, as in UTF-8;
 * percent-encoded, because a backslash in front of it may form an escape with its first character; and decoded if it
 * looks like an escape itself, because decoding the text decodes it too.
 */
function plainForms(secret: string): string[] {
  const whole = secret.toWellFormed()
  const forms = new Set([secret, secret.replaceAll(' ', '+'), whole, encodeURIComponent(whole)])
  // Iterating over a set includes the forms that the loop adds; each is shorter than the one before, so this ends.
  for (const form of forms) {
    const decoded = decodeEscapes(form)
    if (decoded && decoded.text.length >= shortestByValue) forms.add(decoded.text)
  }
  return [...forms]
}

function inAlphabetOfUrls(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_')
}

/**
 * The base64 of the value, alone and as a part of the base64 of a longer text. There it begins at one of three offsets,
 * and only the characters that depend on nothing but the value are used.
 * @param bytes one character, U+0000 to U+00FF, for each byte
 */
function base64Forms(bytes: string): string[] {
  const whole = btoa(bytes)
  const inner = [0, 1, 2].map((offset) => {
    const lastWhole = Math.floor(((offset + bytes.length) * 8) / 6)
    return btoa('\0'.repeat(offset) + bytes).slice(Math.ceil((offset * 8) / 6), lastWhole)
  })
  return [...new Set([whole, whole.replace(/=+$/, ''), ...inner])].filter((form) => form.length >= shortestBase64)
}

/** Lower case, character by character: the text keeps its length, so that indexes stay valid. */
function foldCase(text: string): string {
  // The character whose lower case has two characters, and the one whose lower case depends on its neighbours.
  return text.replaceAll('İ', 'i').toLowerCase().replaceAll('ς', 'σ')
}

/** The number of characters that decide how far the search may skip. */
const blockLength = 3
const blockBits = 15
/** A larger value makes the search for long secrets hardly faster, and its preparation slower. */
const longestStart = 16

/** A hash of the three characters that end at an index. */
function blockAt(text: string, last: number): number {
  const [a, b, c] = [text.charCodeAt(last - 2), text.charCodeAt(last - 1), text.charCodeAt(last)]
  return ((a << 10) ^ (b << 5) ^ c) & ((1 << blockBits) - 1)
}

/**
 * Looks at every few characters only: three characters that occur in the start of no form allow a skip of nearly its
 * length. At each position the longest form wins.
 * @see S. Wu and U. Manber, A fast algorithm for multi-pattern searching (1994)
 */
function searchFor(forms: readonly Form[]): (text: string) => Span[] {
  const start = Math.min(longestStart, ...forms.map(({ text }) => text.length))
  const steps = new Uint8Array(1 << blockBits).fill(start - blockLength + 1)
  const byBlock = new Map<number, Form[]>()
  for (const form of [...forms].sort((left, right) => right.text.length - left.text.length)) {
    const folded = foldCase(form.text)
    for (let last = blockLength - 1; last < start; last += 1) {
      const block = blockAt(folded, last)
      steps[block] = Math.min(steps[block]!, start - 1 - last)
    }
    const block = blockAt(folded, start - 1)
    byBlock.set(block, [...(byBlock.get(block) ?? []), form])
  }
  return (text) => {
    const found: Span[] = []
    const folded = foldCase(text)
    let last = start - 1
    while (last < folded.length) {
      const block = blockAt(folded, last)
      const step = steps[block]!
      last += step
      if (step > 0) continue
      const begin = last - start + 1
      const form = byBlock.get(block)?.find(({ text: wanted, inAnyCase }) => {
        const searched = inAnyCase ? folded : text
        // Many secrets begin alike, but few of them also end alike.
        const end = begin + wanted.length - 1
        return searched.charCodeAt(end) === wanted.charCodeAt(wanted.length - 1) && searched.startsWith(wanted, begin)
      })
      if (form) found.push([begin, begin + form.text.length])
      last += form?.text.length ?? 1
    }
    return found
  }
}
