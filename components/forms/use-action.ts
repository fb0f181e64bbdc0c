'use client'

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import { useCallback, useTransition } from 'react'
import { useSignedIn } from '@/components/forms/signed-in'
import { refusalMark } from '@/lib/platform/door/refusal-mark'
import { isSignedOut, type SignedOut } from '@/lib/platform/session/signed-out'

/** @param pageFor for whom the page was rendered: nobody else's session runs the action */
type Action<Input, Answer> = (input: Input, pageFor?: string) => Promise<Answer | SignedOut>

/**
 * The only way to call a server action from the browser. A lost connection or a crash of the server is an answer too:
 * thrown, it would replace the page, and what was typed with it. Where the session has ended, the password is asked for
 * over the page and the action is repeated. Redirects pass; a call that ends in one never answers. `pending` lasts until
 * the page shows what the action changed.
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
        // Outside of the transition: the form is not busy while the dialog waits.
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

/** Sent to the window where the server does not know an action of the page any more. */
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

/** What the server's door says instead of calling the action: the error of the call is its text. */
function refusalIn(error: unknown): string | undefined {
  return error instanceof Error && error.message.startsWith(refusalMark)
    ? error.message.slice(refusalMark.length)
    : undefined
}
