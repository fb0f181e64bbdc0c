'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { unansweredSave } from '@/components/instances/unanswered-save'
import { useLeaving } from '@/components/instances/use-leaving'
import {
  chosenMethod,
  createInput,
  stepErrors,
  stepOf,
  wizardDraft,
  wizardSteps,
  type WizardDraft,
} from '@/components/instances/wizard-draft'
import { useAction } from '@/components/forms/use-action'
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { createInstanceAction } from '@/lib/instances/actions'
import { idleForm, invalidForm, type FormState } from '@/lib/platform/forms/form-state'
import type { SaveAnswer, VerificationView } from '@/lib/instances/outcomes'
import type { NewInstanceView } from '@/lib/instances/views'

const lastStep = wizardSteps.length - 1

/** The state behind *Add new instance*. */
export function useWizard(view: NewInstanceView) {
  const router = useRouter()
  const [draft, setDraft] = useState(() => wizardDraft(view.inherited, view.methods))
  const [step, setStep] = useState(0)
  const [form, setForm] = useState<FormState>(idleForm)
  const [report, setReport] = useState<VerificationView | null>(null)
  const [touched, setTouched] = useState(false)
  const [created, setCreated] = useState(false)
  const [createInstance, creating] = useAction(createInstanceAction, unansweredSave)
  const { leaving, leaveFor } = useLeaving()
  const method = chosenMethod(draft, view.methods)
  useUnsavedChanges(touched && !created && !leaving)

  const say = (next: FormState, found: VerificationView | null = null) => {
    setForm(next)
    setReport(found)
  }
  const go = (to: number) => {
    say(idleForm)
    setStep(to)
  }
  const take = (answer: SaveAnswer) => {
    if (answer.kind === 'unverified') return say(idleForm, answer.report)
    if (answer.kind === 'authorise') return leaveFor(answer.redirectTo)
    if (answer.kind === 'refused') {
      const [field] = answer.form.status === 'invalid' ? Object.keys(answer.form.fieldErrors) : []
      if (field !== undefined) setStep(stepOf(field))
      return say(answer.form)
    }
    setCreated(true)
    toast.success(answer.verified ? 'Added. The credentials were accepted.' : 'Added without being verified.')
    if (answer.problem !== null) toast.warning(answer.problem)
    router.push(`/instances/${answer.instanceId}`)
  }
  const refusedHere = (): boolean => {
    const errors = stepErrors(step, draft, method)
    const wrong = Object.keys(errors).length > 0
    say(wrong ? invalidForm(errors) : idleForm)
    return wrong
  }
  const create = async (withoutVerifying: boolean) => {
    if (!refusedHere()) take(await createInstance(createInput(view, draft, withoutVerifying)))
  }
  return {
    ...{ draft, step, form, report, method },
    errors: form.status === 'invalid' ? form.fieldErrors : {},
    creating: creating || created || leaving,
    change: (next: WizardDraft) => {
      setTouched(true)
      setDraft(next)
    },
    back: () => go(step - 1),
    /** Enter and the button alike. */
    forward: () => {
      if (step === lastStep) void create(false)
      else if (!refusedHere()) go(step + 1)
    },
    createWithoutVerifying: () => void create(true),
  }
}

export type Wizard = ReturnType<typeof useWizard>
