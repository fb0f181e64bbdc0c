'use client'

import { unstable_rethrow } from 'next/navigation'
import { useCallback, useTransition } from 'react'
import { refusalMark } from '@/lib/platform/door/refusal-mark'

/**
 * The only way to call a server action from the browser. A lost connection or a crash of the server is an answer too:
 * thrown, it would replace the page, and what was typed with it. Redirects (signed out in the meantime) pass; a call
 * that ends in one never answers. `pending` lasts until the page shows what the action changed.
 */
export function useAction<Input, Answer>(
  action: (input: Input) => Promise<Answer>,
  unanswered: (said?: string) => NoInfer<Answer>,
): [call: (input: Input) => Promise<Answer>, pending: boolean] {
  const [pending, startTransition] = useTransition()
  const call = useCallback(
    (input: Input) =>
      new Promise<Answer>((resolve) =>
        startTransition(async () => resolve(await action(input).catch((error: unknown) => lost(error, unanswered)))),
      ),
    [action, unanswered],
  )
  return [call, pending]
}

function lost<Answer>(error: unknown, unanswered: (said?: string) => Answer): Answer {
  unstable_rethrow(error)
  return unanswered(refusalIn(error))
}

/** What the server's door says instead of calling the action: the error of the call is its text. */
function refusalIn(error: unknown): string | undefined {
  return error instanceof Error && error.message.startsWith(refusalMark)
    ? error.message.slice(refusalMark.length)
    : undefined
}
