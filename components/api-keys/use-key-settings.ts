'use client'

import { useMemo, useState } from 'react'
import { draftOfKey, inputOf, type KeyDraft } from '@/components/api-keys/key-draft'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { useAction } from '@/components/forms/use-action'
import { useVersionedDraft } from '@/components/forms/use-versioned-draft'
import { toast } from '@/components/ui/toast'
import { saveApiKeyAction } from '@/lib/api-keys/actions'
import type { ApiKeyDetail } from '@/lib/api-keys/views'
import { idleForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** The draft of a key and its save (rule R12). */
export function useKeySettings(apiKey: ApiKeyDetail) {
  const { id: keyId, revision, expiresAt } = apiKey
  const stored = useMemo(() => ({ draft: draftOfKey(apiKey), revision: apiKey.revision }), [apiKey])
  const versioned = useVersionedDraft(stored, versions)
  const [state, setState] = useState<FormState>(idleForm)
  const [saveKey, pending] = useAction(saveApiKeyAction, unansweredResult)
  useUnsavedChanges(versioned.dirty && !pending)

  const save = () =>
    versioned.save(async (draft) => {
      const answer = await saveKey({ keyId, revision, ...inputOf(draft, new Date(), expiresAt) })
      setState(answer.ok ? idleForm : refusedForm(answer.error))
      if (answer.ok) toast.success('API key saved. It applies from the next request on.')
      return answer.ok
    })
  const discard = () => {
    versioned.discard()
    setState(idleForm)
  }
  return { versioned, state, pending, save, discard }
}

const versions = {
  partsOf: (draft: KeyDraft) => draft,
  draftOf: (draft: KeyDraft) => draft,
  isSame: (one: KeyDraft, other: KeyDraft) => JSON.stringify(one) === JSON.stringify(other),
}
