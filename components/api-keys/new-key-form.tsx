'use client'

import { useState } from 'react'
import { CreatedKey } from '@/components/api-keys/created-key'
import { emptyDraft, inputOf } from '@/components/api-keys/key-draft'
import { KeyFields } from '@/components/api-keys/key-fields'
import { FormActions } from '@/components/forms/form-actions'
import { FormErrorSummary } from '@/components/forms/form-error-summary'
import { saveKeys } from '@/components/forms/save-shortcut'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { createApiKeyAction } from '@/lib/api-keys/actions'
import { idleForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** *Create API key*, and then the key, which is only in the state of this component. */
export function NewKeyForm() {
  const [draft, setDraft] = useState(emptyDraft)
  const [state, setState] = useState<FormState>(idleForm)
  const [created, setCreated] = useState<{ id: string; key: string } | null>(null)
  const [createKey, pending] = useAction(createApiKeyAction, unansweredResult)
  useUnsavedChanges(draft !== emptyDraft && created === null && !pending)

  if (created) return <CreatedKey id={created.id} name={draft.name.trim()} text={created.key} />
  const create = async () => {
    const answer = await createKey(inputOf(draft, new Date()))
    if (answer.ok) setCreated(answer.value)
    else setState(refusedForm(answer.error))
  }
  return (
    <form
      method="post"
      noValidate
      aria-labelledby="new-key"
      className="grid max-w-2xl gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        if (!pending) void create()
      }}
    >
      <h2 id="new-key" className="text-lg font-semibold">
        Create API key
      </h2>
      <FormErrorSummary state={state} />
      <KeyFields
        draft={draft}
        onChange={setDraft}
        errors={state.status === 'invalid' ? state.fieldErrors : {}}
        autoFocus
      />
      <FormActions>
        <Button type="submit" variant="primary" pending={pending} {...saveKeys}>
          Create API key
        </Button>
        <ButtonLink href="/settings/api-keys">Cancel</ButtonLink>
      </FormActions>
    </form>
  )
}
