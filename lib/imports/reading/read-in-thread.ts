import 'server-only'
import { existsSync } from 'node:fs'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import type { ItemBatch, LoadedFile, ReadOutcome } from './read-result'
import type { ThreadEnd, ThreadReply, ThreadRequest, ThreadStart } from './thread-protocol'

/** In MiB. The thread ends if it needs more; pieces of the source and files of a zip are outside this memory. */
const memory = { maxOldGenerationSizeMb: 450, maxYoungGenerationSizeMb: 16, stackSizeMb: 8 }
/** For everything, with the time in which pieces are read and items written. */
const mostMs = 5 * 60_000

const tooMuchMemory =
  'Reading this document needs more memory than an import may use. Import a part of it, or, if it is YAML, the same document as JSON.'
const tooMuchTime = 'Reading this document takes more than five minutes. Import a part of it.'

export type Reading = {
  /** Where the document was loaded from; empty for a file or pasted text. */
  url: string
  next: () => Promise<Uint8Array | null>
  /** The next batch is handed over while this one is stored. */
  store: (items: ItemBatch, total: number) => Promise<void>
  load: (url: string) => Promise<LoadedFile>
}

/** The app, the commands and the tests all run in the checkout, or in a folder that `npm run package` has made. */
function threadFile(): string {
  const source = `${process.cwd()}/lib/worker/import-thread.ts`
  return existsSync(source) ? source : `${process.cwd()}/programs/import-thread.mjs`
}

/**
 * Reads a source in a thread of its own, at a lower priority, so that pages are served as before. The thread has none of
 * the settings and secrets of the process.
 * @throws what `next`, `store` or `load` threw, which end the thread
 */
export function readInThread(reading: Reading, limitMs = mostMs): Promise<ReadOutcome> {
  const { port1: port, port2: own } = new MessageChannel()
  const replies = new SharedArrayBuffer(4)
  const worker = new Worker(/* turbopackIgnore: true */ threadFile(), {
    env: {},
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: memory,
    workerData: { port: own, replies, url: reading.url } satisfies ThreadStart,
    transferList: [own],
  })
  const { promise, resolve, reject } = Promise.withResolvers<ReadOutcome>()
  const timer = setTimeout(() => resolve({ failure: tooMuchTime }), limitMs)
  worker.on('error', (error: NodeJS.ErrnoException) =>
    error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve({ failure: tooMuchMemory }) : reject(error),
  )
  worker.on('exit', () => reject(new Error('the thread that reads an import ended without a result')))
  answer(port, replies, reading).then(resolve, reject)
  return promise.finally(async () => {
    clearTimeout(timer)
    port.close()
    await worker.terminate()
  })
}

/** Replies to the thread until its last message. */
function answer(port: MessagePort, replies: SharedArrayBuffer, { next, store, load }: Reading): Promise<ReadOutcome> {
  let storing: Promise<void> = Promise.resolve()
  const replyTo = async (request: ThreadRequest): Promise<ThreadReply> => {
    if (request.ask === 'next') return next()
    if (request.ask === 'load') return load(request.url)
    await storing
    storing = store(request.items, request.total)
    // Its failure is noticed with the next batch, or at the end.
    storing.catch(() => {})
    return null
  }
  const count = new Int32Array(replies)
  return new Promise((resolve, reject) =>
    port.on('message', (message: ThreadRequest | ThreadEnd) => {
      if ('end' in message) return void storing.then(() => resolve(message.end), reject)
      replyTo(message).then((reply) => {
        port.postMessage(reply)
        Atomics.add(count, 0, 1)
        Atomics.notify(count, 0)
      }, reject)
    }),
  )
}
