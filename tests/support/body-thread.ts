import { parentPort } from 'node:worker_threads'

/** A thread that works like `lib/worker/body-thread.ts` and misbehaves on demand. */

const answers: Record<string, (input: never) => unknown> = {
  double: (input: number) => input * 2,
  length: ({ byteLength }: Uint8Array) => byteLength,
  never: () => {
    for (;;);
  },
  greedy: () => {
    const all: unknown[] = []
    for (;;) all.push(new Array(1_000_000).fill(all.length))
  },
  throws: () => {
    throw new Error('a bug')
  },
}

parentPort!.on('message', ({ name, input }: { name: string; input: never }) => {
  try {
    parentPort!.postMessage({ value: answers[name]!(input) })
  } catch (error) {
    parentPort!.postMessage({ error })
  }
})
parentPort!.postMessage({ ready: true })
