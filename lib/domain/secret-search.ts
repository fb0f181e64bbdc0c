import { byteText, hexOfBytes, utf8 } from './encoding'
import { decodeEscapes, type Span } from './escapes'
import { countWork } from './work-meter'

/** Finds secrets in a text, also where a third party repeats them in another notation (DATA §10). */

/** Every place of a secret, in order and without overlap. */
export type SecretSearch = (text: string) => Span[]

type Form = {
  text: string
  /** Found in other case as well; its text is in small letters. */
  inAnyCase: boolean
}

/** Shorter values stand in too many texts by chance. */
const shortestByValue = 4

/** Few characters of base64 stand in too many texts by chance. */
const shortestBase64 = 6

/**
 * A word that was chosen as a password must not mask the same word wherever a sentence or a name begins with it: hardly
 * a word has 16 letters, and a value with digits or signs in it is hardly a word.
 */
const shortestInAnyCase = 8
const shortestWordInAnyCase = 16

/** JSON inside JSON inside a URL, for example. */
const mostLayers = 4

/**
 * Searches the text as it is, and again with its escapes undone, as often as it holds some. All escapes are undone in
 * one go, whichever notation they are of: so a text of mixed notations is read as well, and no secret needs a form for
 * each of them. The time grows with the length of the text.
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

/** The forms in which a value may stand in a text whose escapes are undone. */
function formsOf(secret: string): Form[] {
  const bytes = utf8(secret)
  const standard = base64Forms(byteText(bytes))
  const once = [...new Set([...standard, ...standard.map(inAlphabetOfUrls)])]
  // The base64 of base64 holds no + and no /: it is the same in both alphabets.
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
 * The value; with `+` for spaces, as in a form; with a replacement for half a character, as in UTF-8; percent-encoded,
 * because a backslash in front of it may be read as an escape together with its first character. Where it holds what
 * looks like an escape itself, undoing the escapes of the text undoes this one, too.
 */
function plainForms(secret: string): string[] {
  const whole = secret.toWellFormed()
  const forms = new Set([secret, secret.replaceAll(' ', '+'), whole, encodeURIComponent(whole)])
  // A set also goes through what is added to it on the way; each is shorter than the one that it is made from.
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
 * The value's base64, alone and as it stands inside a longer text's base64: there it begins at one of three offsets,
 * and only the characters that depend on nothing but the value are the same.
 * @param bytes one character, U+0000 to U+00FF, for each
 */
function base64Forms(bytes: string): string[] {
  const whole = btoa(bytes)
  const inner = [0, 1, 2].map((offset) => {
    const lastWhole = Math.floor(((offset + bytes.length) * 8) / 6)
    return btoa('\0'.repeat(offset) + bytes).slice(Math.ceil((offset * 8) / 6), lastWhole)
  })
  return [...new Set([whole, whole.replace(/=+$/, ''), ...inner])].filter((form) => form.length >= shortestBase64)
}

/** Small letters, one for one: the text keeps its length, and each of its characters its place. */
function foldCase(text: string): string {
  // The one character whose small letter is two, and the one whose small letter depends on what stands beside it.
  return text.replaceAll('İ', 'i').toLowerCase().replaceAll('ς', 'σ')
}

/** Three characters decide where the search goes on. */
const blockLength = 3
const blockBits = 15
/** More makes the search for long secrets little faster, and its preparation slower. */
const longestStart = 16

/** A number for the three characters that end at an index. */
function blockAt(text: string, last: number): number {
  const [a, b, c] = [text.charCodeAt(last - 2), text.charCodeAt(last - 1), text.charCodeAt(last)]
  return ((a << 10) ^ (b << 5) ^ c) & ((1 << blockBits) - 1)
}

/**
 * Looks at every few characters only: three that stand in no form's start allow a step of nearly its length. At each
 * place the longest form wins.
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
        // Secrets may begin alike; few of those end alike as well.
        const end = begin + wanted.length - 1
        return searched.charCodeAt(end) === wanted.charCodeAt(wanted.length - 1) && searched.startsWith(wanted, begin)
      })
      if (form) found.push([begin, begin + form.text.length])
      last += form?.text.length ?? 1
    }
    return found
  }
}
