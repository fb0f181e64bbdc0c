import { useState } from 'react'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { useVersionedDraft } from '@/components/forms/use-versioned-draft'
import { toast } from '@/components/ui/toast'
import type { Result } from '@/lib/domain/result'
import { idleForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'

/** A setting as it is typed, by the names of its fields. */
type Draft = Record<string, string>

type Given<Of extends Draft> = {
  stored: { draft: Of; revision: number }
  pending: boolean
  send: (draft: Of, confirmed: boolean) => Promise<Result<unknown>>
  /** The message after it was saved. */
  savedMessage: string
}

/** The draft of a setting and its save (rules R8 and R12). `question` has to be confirmed before it is saved. */
export function useSetting<Of extends Draft>({ stored, pending, send, savedMessage }: Given<Of>) {
  const versioned = useVersionedDraft<Of, Of>(stored, versions)
  const [state, setState] = useState<FormState>(idleForm)
  const [question, setQuestion] = useState<string | null>(null)
  useUnsavedChanges(versioned.dirty && !pending)

  const save = (confirmed: boolean) =>
    versioned.save(async (draft) => {
      const answer = await send(draft, confirmed)
      const asks = !answer.ok && answer.error.code === 'confirmation_needed'
      setQuestion(asks ? answer.error.message : null)
      setState(answer.ok || asks ? idleForm : refusedForm(answer.error))
      if (answer.ok) toast.success(savedMessage)
      return answer.ok
    })
  return {
    ...versioned,
    ...{ pending, question, save },
    state,
    errors: state.status === 'invalid' ? state.fieldErrors : {},
    discard: () => {
      versioned.discard()
      setState(idleForm)
    },
    forgetQuestion: () => setQuestion(null),
  }
}

const same = <Value>(value: Value) => value
const versions = {
  partsOf: same,
  draftOf: same,
  isSame: (one: Draft, other: Draft) => JSON.stringify(one) === JSON.stringify(other),
}
