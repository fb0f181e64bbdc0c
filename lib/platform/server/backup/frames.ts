import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { PlainError } from '../plain-error'

/**
 * The format of a backup file: gzip over frames, each with one byte for the kind, four for the length (big-endian), and
 * the content. First the head, then for each table its name, its rows as written by COPY, and their number, and at the
 * end the SHA-256 of all frames before it.
 */
export type Frame = { kind: FrameKind; content: Buffer }
export type FrameKind = 'head' | 'table' | 'rows' | 'counted' | 'hash'

const letters: Record<FrameKind, string> = { head: 'h', table: 't', rows: 'd', counted: 'c', hash: 'z' }
const kinds = new Map(Object.entries(letters).map(([kind, letter]) => [letter.charCodeAt(0), kind as FrameKind]))
const headerBytes = 5
const mostBytes = 1024 * 1024

/** Frames as bytes, in order; the last one is the hash of those before. */
export async function* encodeFrames(frames: AsyncIterable<Frame>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const { kind, content } of frames) {
    for (let start = 0; start === 0 || start < content.length; start += mostBytes) {
      const bytes = encode(kind, content.subarray(start, start + mostBytes))
      hash.update(bytes)
      yield bytes
    }
  }
  yield encode('hash', hash.digest())
}

function encode(kind: FrameKind, content: Buffer): Buffer {
  const header = Buffer.alloc(headerBytes)
  header.write(letters[kind], 0, 'latin1')
  header.writeUInt32BE(content.length, 1)
  return Buffer.concat([header, content])
}

const foreign = 'is not a backup of Patchbay.'
const cutShort = 'is cut short: its end is missing.'
const damaged = 'is damaged: its content is not what was written.'

/**
 * The frames of a file. The hash at the end is compared, so a reader that reaches the end has read exactly what was
 * written. Throws a PlainError if the file is not a backup, is cut short or is damaged.
 */
export async function* readFrames(path: string): AsyncGenerator<Frame> {
  const fail = (reason: string) => new PlainError(`${path} ${reason}`)
  const hash = createHash('sha256')
  let [isFirst, isOver] = [true, false]
  try {
    for await (const { kind, content, bytes } of split(unpack(path))) {
      if (isOver || kind === undefined || (isFirst && kind !== 'head')) throw fail(isFirst ? foreign : damaged)
      isFirst = false
      if (kind === 'hash') {
        if (!hash.digest().equals(content)) throw fail(damaged)
        isOver = true
        continue
      }
      hash.update(bytes)
      yield { kind, content }
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'Z_BUF_ERROR') throw fail(cutShort)
    if (code?.startsWith('Z_')) throw fail(isFirst ? foreign : damaged)
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new PlainError(`${path} cannot be read: ${(error as Error).message}`)
    throw error
  }
  if (!isOver) throw fail(isFirst ? foreign : cutShort)
}

/** An error of the file becomes an error of the unpacked stream. */
function unpack(path: string): AsyncIterable<Buffer> {
  const [file, unpacked] = [createReadStream(path), createGunzip()]
  file.on('error', (error) => unpacked.destroy(error))
  unpacked.on('close', () => file.destroy())
  return file.pipe(unpacked)
}

type Part = { kind: FrameKind | undefined; content: Buffer; bytes: Buffer }

/** An incomplete part at the end is left out; the hash is then missing too. */
async function* split(chunks: AsyncIterable<Buffer>): AsyncGenerator<Part> {
  let waiting: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
    while (waiting.length >= headerBytes) {
      const length = waiting.readUInt32BE(1)
      const kind = length > mostBytes ? undefined : kinds.get(waiting[0]!)
      const end = headerBytes + length
      if (kind !== undefined && waiting.length < end) break
      const bytes = waiting.subarray(0, end)
      yield { kind, bytes, content: bytes.subarray(headerBytes) }
      waiting = waiting.subarray(end)
    }
  }
}
