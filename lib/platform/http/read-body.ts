import { Readable, type Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { responseTooLarge } from './response-too-large'
import { SendFailure } from './failure'
import type { MemoryShare } from './memory-share'

export const acceptedEncodings = 'gzip, deflate, br'

/** Nobody needs more than one; a long chain is an attack. */
const mostEncodings = 2

// A stream that ends early is told by the message's framing; an empty body under an encoding is no error (as browsers
// do).
const lenient = { finishFlush: constants.Z_SYNC_FLUSH }

function decoder(encoding: string, first: Uint8Array): Duplex {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(lenient)
    case 'deflate':
      // Some servers leave the zlib header out (RFC 9110 §8.4.1.2).
      return ((first[0] ?? 0x78) & 0x0f) === 8 ? createInflate(lenient) : createInflateRaw(lenient)
    case 'br':
      return createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH })
    default:
      throw new SendFailure(
        'invalid_answer',
        `The answer is compressed in a way that is not understood (${encoding.slice(0, 40)}). Understood are ${acceptedEncodings}.`,
      )
  }
}

function encodingsOf(headers: readonly [string, string][]): string[] {
  const named = headers.filter(([name]) => name.toLowerCase() === 'content-encoding').map(([, value]) => value)
  return named
    .join(',')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '' && part !== 'identity')
}

/** Yields what it gets; the first chunk is known before, because it tells the two kinds of deflate apart. */
async function* startingWith(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

type Grow = (bytes: number) => Promise<void> | undefined

async function collect(source: AsyncIterable<Uint8Array>, limit: number, grow: Grow): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.byteLength
    if (bytes > limit) throw responseTooLarge(limit)
    await grow(bytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

type Reader = (decoded: AsyncIterable<Uint8Array>) => Promise<void>

async function decompress(body: Readable, encodings: string[], reader: Reader): Promise<void> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  const first = await chunks.next()
  if (first.done) return
  const decoders = encodings.toReversed().map((encoding) => decoder(encoding, first.value))
  const source = Readable.from(startingWith(first.value, chunks), { objectMode: false })
  // The types of pipeline() know a list of streams, but not that its last one may be a function.
  await pipeline([source, ...decoders, reader as unknown as Duplex])
}

function checkedEncodings(headers: readonly [string, string][]): string[] {
  const encodings = encodingsOf(headers)
  if (encodings.length > mostEncodings)
    throw new SendFailure('invalid_answer', 'The answer is compressed several times over, which is not accepted.')
  return encodings
}

/**
 * Reads a whole answer, decompressed, and stops at the limit, which counts decompressed bytes: a small answer that
 * unpacks to gigabytes ends there. Destroys the body whenever it does not read to its end.
 * @param share of the memory for answers; a large one waits for it
 */
export async function readBody(
  body: Readable,
  headers: readonly [string, string][],
  limit: number,
  share?: MemoryShare,
): Promise<Uint8Array> {
  const grow: Grow = (bytes) => share?.growTo(bytes, body)
  try {
    const encodings = checkedEncodings(headers)
    if (encodings.length === 0) return await collect(body, limit, grow)
    let collected: Uint8Array = new Uint8Array()
    await decompress(body, encodings, async (decoded) => void (collected = await collect(decoded, limit, grow)))
    return collected
  } catch (error) {
    body.on('error', () => {}).destroy()
    throw error
  }
}

/**
 * The beginning of an answer, decompressed, from its first bytes: as far as they unpack, and no more than asked for.
 */
export async function decodeStart(
  start: Uint8Array,
  headers: readonly [string, string][],
  most: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    const encodings = checkedEncodings(headers)
    if (encodings.length === 0) return start.subarray(0, most)
    await decompress(Readable.from([start], { objectMode: false }), encodings, async (decoded) => {
      for await (const chunk of decoded) {
        chunks.push(chunk)
        bytes += chunk.byteLength
        if (bytes >= most) return
      }
    })
  } catch {
    // What does not unpack is shown as far as it did.
  }
  return Buffer.concat(chunks).subarray(0, most)
}
