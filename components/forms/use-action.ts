'use client'

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import { useCallback, useTransition } from 'react'
import { useSignedIn } from '@/components/forms/signed-in'
import { refusalMark } from '@/lib/platform/door/refusal-mark'
import { isSignedOut, type SignedOut } from '@/lib/platform/session/signed-out'

/** @param pageFor the person for whom the page was rendered; the action does not run in the session of anybody else */
type Action<Input, Answer> = (input: Input, pageFor?: string) => Promise<Answer | SignedOut>

/**
 * The only way to call a server action from the browser. A lost connection or a crash of the server is returned as a
 * result: an exception would replace the page, and what was typed would be lost. If the session has ended, a dialog
 * asks for the password and the action is repeated. Redirects are followed; a call that ends in one never returns.
 * `pending` is true until the page shows what the action changed.
 */
export function useAction<Input, Answer>(
  action: Action<Input, Answer>,
  unanswered: (said?: string) => NoInfer<Answer>,
): [call: (input: Input) => Promise<Answer>, pending: boolean] {
  const [pending, startTransition] = useTransition()
  const { pageFor, signInAgain } = useSignedIn()
  const call = useCallback(
    async (input: Input) => {
      const send = () =>
        new Promise<Answer | SignedOut>((resolve) =>
          startTransition(async () =>
            resolve(await action(input, pageFor()).catch((error: unknown) => lost(error, unanswered))),
          ),
        )
      let answer = await send()
      while (isSignedOut(answer)) {
        // Outside the transition, so that the form is not busy while the dialog is open.
        if (!(await signInAgain(answer.signedOut))) return unanswered(notSignedIn)
        answer = await send()
      }
      return answer
    },
    [action, unanswered, pageFor, signInAgain],
  )
  return [call, pending]
}

const notSignedIn = 'You are not signed in. Nothing was saved; what you typed is still here. Save again to sign in.'

/** Dispatched on the window if the server no longer knows an action of the page. */
export const updatedEvent = 'patchbay-updated'

const updated =
  'Patchbay was updated. Nothing was saved. Reload the page: what you typed will be restored, except secrets.'

function lost<Answer>(error: unknown, unanswered: (said?: string) => Answer): Answer {
  if (unstable_isUnrecognizedActionError(error)) {
    window.dispatchEvent(new Event(updatedEvent))
    return unanswered(updated)
  }
  unstable_rethrow(error)
  return unanswered(refusalIn(error))
}

/** The message of the server if it refused the request before calling the action; it is the text of the error. */
function refusalIn(error: unknown): string | undefined {
  return error instanceof Error && error.message.startsWith(refusalMark)
    ? error.message.slice(refusalMark.length)
    : undefined
}
