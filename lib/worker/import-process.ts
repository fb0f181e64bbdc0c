import './resolve-own-imports.ts'
import { readSync, writeSync } from 'node:fs'
import { setPriority } from 'node:os'
import type { ReadEnd, ReadReply, ReadRequest } from '@/lib/imports/reading/process-protocol'
import type { LoadedFile } from '@/lib/imports/reading/read-result'

/** The process that reads the source of one import, and ends (lib/imports/reading/read-in-process.ts). */

/**
 * Pages and the reading of responses go before a long document: with 10, pages took twice as long as with 19 while one was
 * read. A short one is read at once, also on a busy machine.
 */
const longReading = { priority: 19, cpuMs: 3_000 }
let isLong = false

function makeWay(): void {
  const { user, system } = process.cpuUsage()
  if (isLong || user + system < longReading.cpuMs * 1_000) return
  isLong = true
  setPriority(longReading.priority)
}

const { MessageReader, messageOf, pipes } = await import('@/lib/imports/reading/process-protocol')
const { readDocument } = await import('@/lib/imports/reading/read-document')

const reader = new MessageReader()
const piece = Buffer.allocUnsafe(1024 * 1024)

function send(message: ReadRequest | ReadEnd): void {
  const bytes = messageOf(message)
  for (let written = 0; written < bytes.byteLength;) written += writeSync(pipes.requests, bytes, written)
}

/** The next message of the app. If the app is gone, nobody needs the result. */
function receive(): ReadReply {
  for (;;) {
    const message = reader.take()
    if (message !== undefined) return message as ReadReply
    const length = readSync(pipes.replies, piece)
    if (length === 0) process.exit()
    reader.add(Buffer.from(piece.subarray(0, length)))
  }
}

function ask(request: ReadRequest | ReadEnd): ReadReply {
  makeWay()
  send(request)
  return receive()
}

const url = receive() as string
try {
  const end = await readDocument(
    { url },
    {
      next: () => ask({ ask: 'next' }) as Uint8Array | null,
      store: (items, total) => void ask({ ask: 'store', items, total }),
      load: (address) => ask({ ask: 'load', url: address }) as LoadedFile,
    },
  )
  // Sleeps until it is ended, because the app may still be storing the last items.
  ask({ end })
} catch (error) {
  ask({ error })
}
