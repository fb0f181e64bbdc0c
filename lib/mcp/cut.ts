import { bytesOf } from './result'

/** Shortens texts, so that no result is longer than an agent can read. */

export function cut(text: string, characters: number): string {
  return text.length <= characters ? text : `${whole(text.slice(0, characters - 1))}…`
}

/**
 * The longest beginning of a text that takes at most so many bytes in a result. JSON escapes characters, twice in the
 * text form, so the length of a text says little about it.
 */
export function beginningWithin(text: string, bytes: number, bytesTaken: (text: string) => number = bytesOf): string {
  let [fits, tooLong] = [0, text.length + 1]
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2)
    if (bytesTaken(whole(text.slice(0, middle))) <= bytes) fits = middle
    else tooLong = middle
  }
  return whole(text.slice(0, fits))
}

/** Cut so that it takes at most so many bytes in JSON. */
export function cutToBytes(text: string, bytes: number): string {
  const taken = (part: string) => Buffer.byteLength(JSON.stringify(part))
  return taken(text) <= bytes ? text : `${beginningWithin(text, bytes - 3, taken)}…`
}

/** Without half a character at the end. */
function whole(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text
}
