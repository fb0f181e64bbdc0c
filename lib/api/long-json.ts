import { setImmediate } from 'node:timers/promises'

/** In characters, of a text that is written in pieces. */
const pieceLength = 200_000

/** Whether an object has a text that takes long to write. */
export function hasLongText(value: object): boolean {
  return Object.values(value).some(isLong)
}

const isLong = (value: unknown): value is string => typeof value === 'string' && value.length > pieceLength

/**
 * An object as JSON, with a pause after each piece of a long text: a document may have 30 MB, for which others would wait.
 */
export function longJson(value: object): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const pieces = piecesOf(value)
  return new ReadableStream({
    async pull(controller) {
      const { value: piece } = pieces.next()
      if (piece === undefined) return controller.close()
      controller.enqueue(encoder.encode(piece))
      await setImmediate()
    },
  })
}

function* piecesOf(value: object): Generator<string, undefined> {
  let before = '{'
  for (const [name, property] of Object.entries(value)) {
    if (property === undefined) continue
    const heading = `${before}${JSON.stringify(name)}:`
    before = ','
    if (!isLong(property)) {
      yield heading + JSON.stringify(property)
      continue
    }
    yield `${heading}"`
    // A pair of surrogates that is cut becomes two escapes, which are the same pair again.
    for (let start = 0; start < property.length; start += pieceLength)
      yield JSON.stringify(property.slice(start, start + pieceLength)).slice(1, -1)
    yield '"'
  }
  yield before === '{' ? '{}' : '}'
  return undefined
}
