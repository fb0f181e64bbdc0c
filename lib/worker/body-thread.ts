import './resolve-own-imports.ts'
import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import type { ThreadReply } from '@/lib/platform/bodies/body-thread'

/**
 * The thread that reads large bodies (lib/platform/bodies/body-thread.ts). Its imports are loaded when names can be
 * resolved (`resolve-own-imports.ts`).
 */

// On Linux the priority applies to this thread alone, so the main thread, which people wait for, goes first.
if (process.platform === 'linux') setPriority(5)

const { bodyQuestions } = await import('./body-questions')
const reply = (message: ThreadReply) => parentPort?.postMessage(message)

parentPort?.on('message', ({ name, input }: { name: string; input: unknown }) => {
  try {
    const question = bodyQuestions.find((each) => each.name === name)
    if (!question) throw new Error(`Unknown question "${name}"`)
    reply({ value: question.answer(input as never) })
  } catch (error) {
    reply({ error })
  }
})
reply({ ready: true })
