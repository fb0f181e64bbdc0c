import { registerHooks } from 'node:module'
import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import type { ThreadReply } from '@/lib/platform/bodies/body-thread'

/**
 * The thread that reads large bodies (lib/platform/bodies/body-thread.ts). It is not part of the build: Node runs it
 * and its imports as TypeScript, so import names have to be resolved to files here. (In a package it is bundled, and
 * its imports are already files.)
 */

// On Linux the priority applies to this thread alone, so the main thread, which people wait for, goes first.
if (process.platform === 'linux') setPriority(5)

const checkout = new URL('../../', import.meta.url)

registerHooks({
  resolve: (name, context, next) => {
    const isOwn = name.startsWith('@/') || (name.startsWith('.') && !context.parentURL?.includes('/node_modules/'))
    if (!isOwn || /\.m?[jt]s$/.test(name)) return next(name, context)
    const file = name.startsWith('@/') ? new URL(name.slice(2), checkout) : new URL(name, context.parentURL)
    return next(`${file.href}.ts`, context)
  },
})

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
