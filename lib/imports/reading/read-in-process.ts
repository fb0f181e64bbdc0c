import 'server-only'
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { messageOf, MessageReader, pipes, type ReadEnd, type ReadReply, type ReadRequest } from './process-protocol'
import type { ItemBatch, LoadedFile, ReadOutcome } from './read-result'

/**
 * In MB: the process ends if its heap needs more. Files of a zip are outside this memory. A thread has such a limit too,
 * but one that reaches it may end the whole app, depending on what it was doing.
 */
const heap = 400
/** In KB, for documents that are nested deeply; half of what Linux gives a process. */
const stack = 3_900
/** For everything, with the time in which pieces are read and items written. */
const mostMs = 5 * 60_000

const tooMuchMemory =
  'Reading this document needs more memory than an import may use. Import a part of it, or, if it is YAML, the same document as JSON.'
const tooMuchTime = 'Reading this document takes more than five minutes. Import a part of it.'

/** With these it was the limit of memory that ended the process, or the operating system for the same reason. */
const outOfMemory = new Set<NodeJS.Signals | null>(['SIGABRT', 'SIGKILL', 'SIGSEGV', 'SIGTRAP', 'SIGILL'])

export type Reading = {
  /** Where the document was loaded from; empty for a file or pasted text. */
  url: string
  next: () => Promise<Uint8Array | null>
  /** The next batch is handed over while this one is stored. */
  store: (items: ItemBatch, total: number) => Promise<void>
  load: (url: string) => Promise<LoadedFile>
}

/** The app, the commands and the tests all run in the checkout, or in a folder that `npm run package` has made. */
function programFile(): string {
  const source = `${process.cwd()}/lib/worker/import-process.ts`
  return existsSync(source) ? source : `${process.cwd()}/programs/import-process.mjs`
}

/**
 * Reads a source in a process of its own, at a lower priority, so that pages are served as before, and whatever the source
 * is, the app goes on. The process has none of the settings and secrets of the app.
 * @throws what `next`, `store` or `load` threw, which end the process
 */
export async function readInProcess(reading: Reading, limitMs = mostMs): Promise<ReadOutcome> {
  const limits = [`--max-old-space-size=${heap}`, '--max-semi-space-size=8', `--stack-size=${stack}`]
  // Node reads TypeScript itself, with a warning in version 22.
  const flags = [...limits, '--disable-warning=ExperimentalWarning']
  const options: SpawnOptions = {
    env: {} as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  }
  const child = spawn(process.execPath, [...flags, programFile(), reading.url], options)
  const { promise, resolve, reject } = Promise.withResolvers<ReadOutcome>()
  const timer = setTimeout(() => resolve({ failure: tooMuchTime }), limitMs)
  child.on('error', reject)
  // After its last message was read.
  child.on('close', (code, signal) =>
    outOfMemory.has(signal)
      ? resolve({ failure: tooMuchMemory })
      : reject(new Error(`the process that reads an import ended without a result, with code ${code}`)),
  )
  answer(child, reading).then(resolve, reject)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
}

/** Replies to the process until its last message. */
function answer(child: ChildProcess, { next, store, load }: Reading): Promise<ReadOutcome> {
  let storing: Promise<void> = Promise.resolve()
  const replyTo = async (request: ReadRequest): Promise<ReadReply> => {
    if (request.ask === 'next') return next()
    if (request.ask === 'load') return load(request.url)
    await storing
    storing = store(request.items, request.total)
    // Its failure is noticed with the next batch, or at the end.
    storing.catch(() => {})
    return null
  }
  const replies = child.stdio[pipes.replies] as Writable
  const requests = child.stdio[pipes.requests] as Readable
  // The process is gone, which `close` says.
  replies.on('error', () => {})
  const reader = new MessageReader()
  return new Promise((resolve, reject) =>
    requests.on('data', (piece: Buffer) => {
      reader.add(piece)
      const message = reader.take() as ReadRequest | ReadEnd | undefined
      if (message === undefined) return
      if ('end' in message) return void storing.then(() => resolve(message.end), reject)
      if ('error' in message) return reject(message.error)
      replyTo(message).then((reply) => replies.write(messageOf(reply)), reject)
    }),
  )
}
