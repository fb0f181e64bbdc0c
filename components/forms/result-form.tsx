'use client'

import { useState, type FormEvent, type ReactNode } from 'react'
import { FormContext } from '@/components/forms/form-context'
import { FormErrorSummary } from '@/components/forms/form-error-summary'
import { useAction } from '@/components/forms/use-action'
import { idleForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { unansweredResult } from '@/lib/platform/forms/unanswered'
import type { SignedOut } from '@/lib/platform/session/signed-out'

type Answer<Value> = { ok: true; value: Value } | { ok: false; error: Parameters<typeof refusedForm>[0] }

type ResultFormProps<Input, Value> = {
  action: (input: Input, pageFor?: string) => Promise<Answer<Value> | SignedOut>
  /** The input of the action, from the fields. */
  read: (data: FormData) => Input
  onDone: (value: Value) => void
  children: ReactNode
}

/** A form in a dialog, for an action that returns something to show, such as a link that is shown only once. */
export function ResultForm<Input, Value>({ action, read, onDone, children }: ResultFormProps<Input, Value>) {
  const [call, pending] = useAction<Input, Answer<Value>>(action, unansweredResult)
  const [state, setState] = useState<FormState>(idleForm)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const answer = await call(read(new FormData(event.currentTarget)))
    if (answer.ok) onDone(answer.value)
    else setState(refusedForm(answer.error))
  }
  const errors = state.status === 'invalid' ? state.fieldErrors : {}
  return (
    <FormContext value={{ pending, errors, values: {}, doneCount: 0, dirty: false, changed: () => undefined }}>
      <form noValidate onSubmit={submit} className="grid gap-5">
        <FormErrorSummary state={state} />
        {children}
      </form>
    </FormContext>
  )
}
