import { Readable, type Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { SendFailure } from './failure'

export const acceptedEncodings = 'gzip, deflate, br'

/** Nobody needs more than one; a long chain is an attack. */
const mostEncodings = 2

// A stream that ends early is told by the message's framing; an empty body under an encoding is no error (as browsers do).
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

function inMebibytes(bytes: number): string {
  return bytes >= 1_048_576 ? `${Math.floor(bytes / 1_048_576)} MiB` : `${bytes} bytes`
}

function tooLarge(limit: number): SendFailure {
  return new SendFailure(
    'answer_too_large',
    `The answer is larger than ${inMebibytes(limit)}, the most that is read. Ask for less at once, for example with a smaller page size.`,
  )
}

/** Yields what it gets; the first chunk is known before, because it tells the two kinds of deflate apart. */
async function* startingWith(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

async function collect(source: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.byteLength
    if (bytes > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function decompress(body: Readable, encodings: string[], limit: number): Promise<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  const first = await chunks.next()
  if (first.done) return new Uint8Array()
  const decoders = encodings.toReversed().map((encoding) => decoder(encoding, first.value))
  const source = Readable.from(startingWith(first.value, chunks), { objectMode: false })
  let collected: Uint8Array = new Uint8Array()
  const reader = async (decoded: AsyncIterable<Uint8Array>) => void (collected = await collect(decoded, limit))
  // The types of pipeline() know a list of streams, but not that its last one may be a function.
  await pipeline([source, ...decoders, reader as unknown as Duplex])
  return collected
}

/**
 * Reads a whole answer, decompressed, and stops at the limit, which counts decompressed bytes: a small answer that
 * unpacks to gigabytes ends there. Destroys the body whenever it does not read to its end.
 */
export async function readBody(
  body: Readable,
  headers: readonly [string, string][],
  limit: number,
): Promise<Uint8Array> {
  try {
    const encodings = encodingsOf(headers)
    if (encodings.length > mostEncodings)
      throw new SendFailure('invalid_answer', 'The answer is compressed several times over, which is not accepted.')
    return encodings.length === 0 ? await collect(body, limit) : await decompress(body, encodings, limit)
  } catch (error) {
    body.on('error', () => {}).destroy()
    throw error
  }
}
