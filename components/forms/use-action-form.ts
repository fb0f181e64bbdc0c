'use client'

import { startTransition, useActionState, useEffect, useEffectEvent, useRef, useState, type FormEvent } from 'react'
import { idleForm, type FormAction, type FormState } from '@/lib/forms/form-state'

/**
 * Joins a form to its action. React resets a form after its action even when that refused; sent from here it keeps
 * everything, files and secrets included, in the browser alone. Before the script has loaded the browser sends the form
 * itself, and the values echoed by the action fill it again.
 */
export function useActionForm(action: FormAction, onDone?: (state: Extract<FormState, { status: 'done' }>) => void) {
  const [state, send, pending] = useActionState(action, idleForm)
  const [doneCount, setDoneCount] = useState(0)
  const handled = useRef<FormState>(idleForm)
  const done = useEffectEvent((finished: Extract<FormState, { status: 'done' }>) => onDone?.(finished))

  useEffect(() => {
    if (handled.current === state) return
    handled.current = state
    if (state.status !== 'done') return
    setDoneCount((count) => count + 1)
    done(state)
  }, [state])

  const submit = (data: FormData) => startTransition(() => send(data))
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    submit(new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter))
  }
  return { state, pending, doneCount, submit, formProps: { action: send, onSubmit } }
}
