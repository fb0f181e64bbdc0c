import './resolve-own-imports.ts'
import { setPriority } from 'node:os'
import { receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { LoadedFile } from '@/lib/imports/reading/read-result'
import type { ThreadEnd, ThreadReply, ThreadRequest, ThreadStart } from '@/lib/imports/reading/thread-protocol'

/** The thread that reads the source of one import, and ends (lib/imports/reading/read-in-thread.ts). */

// On Linux the priority applies to this thread alone: pages and the reading of responses go first.
if (process.platform === 'linux') setPriority(10)

const { readDocument } = await import('@/lib/imports/reading/read-document')
const { port, replies, url } = workerData as ThreadStart
const count = new Int32Array(replies)

function ask(request: ThreadRequest | ThreadEnd): ThreadReply {
  const before = Atomics.load(count, 0)
  port.postMessage(request)
  Atomics.wait(count, 0, before)
  return (receiveMessageOnPort(port) as { message: ThreadReply }).message
}

const outcome = await readDocument(
  { url },
  {
    next: () => ask({ ask: 'next' }) as Uint8Array | null,
    store: (items, total) => void ask({ ask: 'store', items, total }),
    load: (address) => ask({ ask: 'load', url: address }) as LoadedFile,
  },
)
// Sleeps until it is ended: a thread that ends by itself may be gone before its last message is read.
ask({ end: outcome })
