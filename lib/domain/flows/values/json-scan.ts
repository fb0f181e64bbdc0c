/**
 * Finds the ends of values in a JSON text (RFC 8259) without building them. Reading and splitting both use it, so that
 * they agree about what is JSON.
 */

/** Thrown within this folder only; readers turn it into a refusal. */
export class JsonProblem extends Error {
  readonly at: number

  constructor(at: number) {
    super('The text is not JSON.')
    this.at = at
  }
}

const [quote, backslash] = [0x22, 0x5c]
export const [comma, colon] = [0x2c, 0x3a]
export const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d]

const escape = /["\\/bfnrt]|u[0-9A-Fa-f]{4}/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

export function skipSpace(text: string, begin: number): number {
  let at = begin
  for (;;) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at
    at += 1
  }
}

/** The index after the closing quote; at `begin` is the opening one. */
export function endOfString(text: string, begin: number): number {
  if (text.charCodeAt(begin) !== quote) throw new JsonProblem(begin)
  let at = begin + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === quote) return at + 1
    if (code === backslash) {
      escape.lastIndex = at + 1
      if (!escape.test(text)) throw new JsonProblem(at)
      at = escape.lastIndex
      // Not a number at the end of the text.
    } else if (code >= 0x20) at += 1
    else throw new JsonProblem(at)
  }
}

/** The index after a string, a number, true, false or null. */
export function endOfScalar(text: string, begin: number): number {
  const code = text.charCodeAt(begin)
  if (code === quote) return endOfString(text, begin)
  for (const word of ['true', 'false', 'null']) {
    if (code === word.charCodeAt(0) && text.startsWith(word, begin)) return begin + word.length
  }
  number.lastIndex = begin
  if (!number.test(text)) throw new JsonProblem(begin)
  return number.lastIndex
}

/** The name of a property, whose quotes are at `begin` and before `end`. */
export function stringBetween(text: string, begin: number, end: number): string {
  const inside = text.slice(begin + 1, end - 1)
  return inside.includes('\\') ? (JSON.parse(text.slice(begin, end)) as string) : inside
}

/** The index of the value after a name and a colon. */
export function afterColon(text: string, begin: number): number {
  const at = skipSpace(text, begin)
  if (text.charCodeAt(at) !== colon) throw new JsonProblem(at)
  return skipSpace(text, at + 1)
}

/** Passes the comma before the next item, or the closing bracket or brace. */
export function nextItem(text: string, begin: number, close: number): { at: number; isEnd: boolean } {
  const at = skipSpace(text, begin)
  const code = text.charCodeAt(at)
  if (code === close) return { at: at + 1, isEnd: true }
  if (code !== comma) throw new JsonProblem(at)
  return { at: skipSpace(text, at + 1), isEnd: false }
}
