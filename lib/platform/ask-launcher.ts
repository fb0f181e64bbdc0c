import 'server-only'
import { refuse, succeed, type Result } from '@/lib/domain/result'

/**
 * Requests of the app to the launcher that started it, for what only the launcher can do. Each gets one reply, in any
 * order.
 */

export type LauncherQuestion = { id: number; ask: 'start sandbox' }
export type LauncherAnswer = { id: number; value: unknown } | { id: number; failure: string }

const patienceMs = 60_000

// Shared across hot reloads in development.
const holder = globalThis as { patchbayLauncherQuestions?: number }

/** @returns the launcher's reply, or a refusal with its reason as a sentence */
export function askLauncher(ask: LauncherQuestion['ask']): Promise<Result<unknown>> {
  const send = process.send?.bind(process)
  if (!send) return Promise.resolve(refuse('sandbox_unavailable', 'This server was not started by “npm start”.'))
  const id = (holder.patchbayLauncherQuestions = (holder.patchbayLauncherQuestions ?? 0) + 1)
  return new Promise((resolve) => {
    const finish = (result: Result<unknown>) => {
      clearTimeout(late)
      process.off('message', hear)
      resolve(result)
    }
    const hear = (message: unknown) => {
      if (!isAnswer(message) || message.id !== id) return
      finish('failure' in message ? refuse('sandbox_unavailable', message.failure) : succeed(message.value))
    }
    const late = setTimeout(() => finish(refuse('timed_out', 'The launcher did not respond. Try again.')), patienceMs)
    process.on('message', hear)
    send({ id, ask } satisfies LauncherQuestion)
  })
}

function isAnswer(message: unknown): message is LauncherAnswer {
  return typeof message === 'object' && message !== null && 'id' in message
}
