/** Limits for JSON from third parties, checked before it is parsed. */

/** No API nests deeper, and recursive functions handle this depth safely. */
export const deepestJson = 256
/** For example a million records of two values; more would fill the memory of the thread that reads them. */
export const mostJsonValues = 2_000_000

export type JsonProblem = 'too_deep' | 'too_many_values'

const [quote, comma, backslash] = [0x22, 0x2c, 0x5c]
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d]

/**
 * The limit that a JSON text breaks; null if it breaks none. One pass in linear time, which stops at the limit.
 */
export function jsonProblem(text: string): JsonProblem | null {
  // Only objects and arrays can be nested.
  if (!/^\s*[[{]/.test(text)) return null
  let [depth, values] = [0, 0]
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === quote) index = endOfString(text, index)
    else if (code === openBracket || code === openBrace) {
      depth += 1
      values += 1
      if (depth > deepestJson) return 'too_deep'
    } else if (code === closeBracket || code === closeBrace) depth -= 1
    else if (code === comma) values += 1
    if (values > mostJsonValues) return 'too_many_values'
  }
  return null
}

/** The index of the closing quote, or of the end of the text. */
function endOfString(text: string, begin: number): number {
  let index = begin + 1
  while (index < text.length && text.charCodeAt(index) !== quote) index += text.charCodeAt(index) === backslash ? 2 : 1
  return index
}

/** The parsed text; undefined if it is not JSON or breaks a limit. */
export function parseJson(text: string, revive?: Parameters<typeof JSON.parse>[1]): unknown {
  if (jsonProblem(text) !== null) return undefined
  try {
    return JSON.parse(text, revive) as unknown
  } catch {
    return undefined
  }
}

/** In words for a person, to follow the name of what was read. */
export const jsonProblems: Record<JsonProblem, string> = {
  too_deep: `is nested too deeply to be read (more than ${deepestJson} levels)`,
  too_many_values: `has too many values to be read (more than ${mostJsonValues.toLocaleString('en-GB')})`,
}
