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
/** In KB, for documents that are nested deeply; Linux gives a process 8 MB. */
const stack = 6_000
/** For everything, with the time in which pieces are read and items written. */
const mostMs = 5 * 60_000

const tooMuchMemory =
  'Reading this document needs more memory than an import may use. Import a part of it, or, if it is YAML, the same document as JSON.'
const tooMuchTime = 'Reading this document takes more than five minutes. Import a part of it.'

/** How V8 and the operating system end a process that needs more. */
const outOfMemory = new Set<NodeJS.Signals | null>(['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV'])

/** In characters: what the process has written about an error of its own. */
const mostOfErrors = 2_000

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
 * @throws what `next`, `store` or `load` threw, which end the process; and if something else ended it
 */
export async function readInProcess(reading: Reading, limitMs = mostMs): Promise<ReadOutcome> {
  const limits = [`--max-old-space-size=${heap}`, '--max-semi-space-size=8', `--stack-size=${stack}`]
  // Node reads TypeScript itself, with a warning in version 22.
  const flags = [...limits, '--disable-warning=ExperimentalWarning']
  const options: SpawnOptions = {
    env: {} as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  }
  const child = spawn(process.execPath, [...flags, programFile()], options)
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  let timer: NodeJS.Timeout | undefined
  const progress = { isOver: false }
  try {
    return await Promise.race([
      answered(child, reading, progress),
      ended(child, progress),
      new Promise<ReadOutcome>((resolve) => (timer = setTimeout(() => resolve({ failure: tooMuchTime }), limitMs))),
    ])
  } finally {
    clearTimeout(timer)
    process.off('exit', end)
    end()
  }
}

/** `isOver`: the process has sent its last message, so it is not needed any more. */
type Progress = { isOver: boolean }

/** Settles if the process ends without a result. A signal that is not about memory ends the job, which is done again. */
function ended(child: ChildProcess, progress: Progress): Promise<ReadOutcome> {
  let errors = ''
  child.stderr?.on('data', (written: Buffer) => (errors = `${errors}${String(written)}`.slice(-mostOfErrors)))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (progress.isOver) return
      if (outOfMemory.has(signal)) return resolve({ failure: tooMuchMemory })
      reject(new Error(`the process that reads an import ended with ${signal ?? `code ${code}`}: ${errors}`))
    })
  })
}

/** Replies to the process until its last message, and then waits until everything is stored. */
async function answered(
  child: ChildProcess,
  { url, next, store, load }: Reading,
  progress: Progress,
): Promise<ReadOutcome> {
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
  // The process is gone, which `ended` notices.
  for (const pipe of [replies, requests]) pipe.on('error', () => {})
  // Not as an argument, which everybody on the machine could read.
  replies.write(messageOf(url))
  const reader = new MessageReader()
  for await (const piece of requests) {
    reader.add(piece as Buffer)
    const message = reader.take() as ReadRequest | ReadEnd | undefined
    if (message === undefined) continue
    progress.isOver = 'end' in message || 'error' in message
    if ('error' in message) throw message.error
    if ('end' in message) return storing.then(() => message.end)
    replies.write(messageOf(await replyTo(message)))
  }
  return new Promise(() => {})
}
