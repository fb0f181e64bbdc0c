/** Shortens texts and lists, so that no result is longer than an agent can read. */

/** What a value takes in a result: once as JSON, and once as JSON within a text. */
export function bytesOf(value: unknown): number {
  const json = JSON.stringify(value)
  return Buffer.byteLength(json) + Buffer.byteLength(JSON.stringify(json))
}

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

/** The first items that together take at most so many bytes in a result. */
export function itemsWithin<Item>(items: readonly Item[], bytes: number): Item[] {
  let left = bytes
  const end = items.findIndex((item) => (left -= bytesOf(item)) < 0)
  return items.slice(0, end === -1 ? items.length : end)
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
