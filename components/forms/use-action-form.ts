'use client'

import { useActionState, useEffect, useEffectEvent, useState, type FormEvent } from 'react'
import { useAction } from '@/components/forms/use-action'
import { idleForm, invalidForm, type FormAction, type FormState } from '@/lib/platform/forms/form-state'
import { unansweredForm } from '@/lib/platform/forms/unanswered'
import { isSignedOut, personField, type SignedOut } from '@/lib/platform/session/signed-out'

/** Only happens without scripts: with them, a dialog asks for the password. */
const sentBySomeoneElse = invalidForm(
  {},
  {},
  'Someone else has signed in on this browser since the page was opened. Nothing was saved. Check who is signed in, and try again.',
)

/**
 * Connects a form to its action. React resets a form after its action, even if the action refused it. A form that is
 * sent by this hook keeps everything, including files and secrets, in the browser. Before the scripts have loaded, the
 * browser sends the form itself, and the values that the action echoes fill it again.
 */
export function useActionForm(action: FormAction, onDone?: (state: Extract<FormState, { status: 'done' }>) => void) {
  const [stateWithoutScript, send] = useActionState<FormState | SignedOut, FormData>(
    action as (previous: FormState | SignedOut, data: FormData) => Promise<FormState | SignedOut>,
    idleForm,
  )
  const [answer, setAnswer] = useState<FormState | null>(null)
  const state = answer ?? (isSignedOut(stateWithoutScript) ? sentBySomeoneElse : stateWithoutScript)
  const [call, pending] = useAction((data: FormData, pageFor?: string) => {
    if (pageFor !== undefined) data.set(personField, pageFor)
    return action(state, data)
  }, unansweredForm)
  const [doneCount, setDoneCount] = useState(0)
  const [seen, setSeen] = useState(state)
  if (seen !== state) {
    setSeen(state)
    if (state.status === 'done') setDoneCount(doneCount + 1)
  }
  const tell = useEffectEvent(() => state.status === 'done' && onDone?.(state))
  useEffect(() => {
    if (doneCount > 0) tell()
  }, [doneCount])

  const submit = async (data: FormData) => setAnswer(await call(data))
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    void submit(new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter))
  }
  return { state, pending, doneCount, submit, formProps: { action: send, onSubmit } }
}
