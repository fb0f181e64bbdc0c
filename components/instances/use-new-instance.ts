'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import {
  chosenMethod,
  createInput,
  draftErrors,
  duplicateDraft,
  newInstanceDraft,
  type NewInstanceDraft,
} from '@/components/instances/new-instance-draft'
import { unansweredSave } from '@/components/instances/unanswered-save'
import { useLeaving } from '@/components/instances/use-leaving'
import { useNameTaken } from '@/components/instances/use-name-taken'
import { useAction } from '@/components/forms/use-action'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { createInstanceAction } from '@/lib/instances/actions'
import { idleForm, invalidForm, type FormState } from '@/lib/platform/forms/form-state'
import type { SaveResponse, VerificationView } from '@/lib/instances/outcomes'
import type { InstanceDetail, NewInstanceView } from '@/lib/instances/views'

/** The state of *Add new instance*. */
export function useNewInstance(view: NewInstanceView, original: InstanceDetail | null) {
  const router = useRouter()
  const [draft, setDraft] = useState(() => (original ? duplicateDraft(original) : newInstanceDraft(view)))
  const [form, setForm] = useState<FormState>(idleForm)
  const [report, setReport] = useState<VerificationView | null>(null)
  const [touched, setTouched] = useState(false)
  const [checking, setChecking] = useState(false)
  const [created, setCreated] = useState(false)
  const [createInstance, creating] = useAction(createInstanceAction, unansweredSave)
  const { leaving, leaveFor } = useLeaving()
  const nameTaken = useNameTaken(view.connector.id, draft.details.name)
  const method = chosenMethod(draft, view.methods)
  useUnsavedChanges(touched && !created && !leaving)

  const show = (next: FormState, found: VerificationView | null = null) => {
    setForm(next)
    setReport(found)
  }
  const take = (response: SaveResponse) => {
    if (response.kind === 'unverified') return show(idleForm, response.report)
    if (response.kind === 'authorise') return leaveFor(response.redirectTo)
    if (response.kind === 'refused') return show(response.form)
    setCreated(true)
    toast.success(response.verified ? 'Created. The credentials were accepted.' : 'Created without being verified.')
    if (response.problem !== null) toast.warning(response.problem)
    router.push(`/instances/${response.instanceId}`)
  }
  const create = async (withoutVerifying: boolean) => {
    setChecking(true)
    const errors = await draftErrors(draft, method)
    setChecking(false)
    const isWrong = Object.keys(errors).length > 0
    show(isWrong ? invalidForm(errors) : idleForm)
    if (!isWrong) take(await createInstance(createInput(view, draft, withoutVerifying)))
  }
  const errors: Record<string, string> = form.status === 'invalid' ? form.fieldErrors : {}
  return {
    draft,
    form,
    report,
    method,
    errors: nameTaken === null ? errors : { ...errors, name: nameTaken },
    creating: checking || creating || created || leaving,
    change: (next: NewInstanceDraft) => {
      setTouched(true)
      setDraft(next)
    },
    create: () => void create(false),
    createWithoutVerifying: () => void create(true),
  }
}

export type NewInstance = ReturnType<typeof useNewInstance>
