import { Readable, type Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { responseTooLarge } from './response-too-large'
import { SendFailure } from './failure'
import type { MemoryShare } from './memory-share'

export const acceptedEncodings = 'gzip, deflate, br'

/** One is usual; a long chain is an attack. */
const mostEncodings = 2

// HTTP framing detects a stream that ends early. An empty compressed body is no error, as in browsers.
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
        `The response uses an unsupported compression (${encoding.slice(0, 40)}). Supported are ${acceptedEncodings}.`,
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

/** Yields all chunks. The first one is read before, because it distinguishes the two kinds of deflate. */
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
  // The types of pipeline() do not allow a function as the last entry of a list.
  await pipeline([source, ...decoders, reader as unknown as Duplex])
}

function checkedEncodings(headers: readonly [string, string][]): string[] {
  const encodings = encodingsOf(headers)
  if (encodings.length > mostEncodings)
    throw new SendFailure('invalid_answer', 'The response is compressed several times over, which is not supported.')
  return encodings
}

/**
 * Reads and decompresses a whole response. The limit counts decompressed bytes, so that a small response cannot expand
 * to gigabytes. Destroys the body unless it is read to its end.
 * @param share the share of the memory for responses; a large response waits for it
 */
export async function readBody(
  body: Readable,
  headers: readonly [string, string][],
  limit: number,
  share?: MemoryShare,
): Promise<Uint8Array> {
  const grow: Grow = (bytes) => share?.growTo(bytes, body)
  let collected: Uint8Array = new Uint8Array()
  await readPieces(body, headers, async (pieces) => void (collected = await collect(pieces, limit, grow)))
  return collected
}

/**
 * Reads and decompresses a response of any size, piece by piece. Destroys the body unless it is read to its end.
 * @param reader counts the pieces, which may be far larger than what was received
 */
export async function readPieces(
  body: Readable,
  headers: readonly [string, string][],
  reader: (pieces: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  try {
    const encodings = checkedEncodings(headers)
    await (encodings.length === 0 ? reader(body) : decompress(body, encodings, reader))
  } catch (error) {
    body.on('error', () => {}).destroy()
    throw error
  }
}

/**
 * Decompresses the beginning of a response from its first bytes, as far as possible and up to a limit.
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
    // Returns what could be unpacked.
  }
  return Buffer.concat(chunks).subarray(0, most)
}
