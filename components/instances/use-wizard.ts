'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { toast } from 'sonner'
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
import { useUnsavedChanges } from '@/components/forms/unsaved-changes'
import { createInstanceAction } from '@/lib/instances/actions'
import { idleForm, invalidForm, type FormState } from '@/lib/platform/forms/form-state'
import type { NewInstanceView, SaveAnswer, VerificationView } from '@/lib/instances/views'

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
  const [creating, startCreating] = useTransition()
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
  const create = (withoutVerifying: boolean) => {
    if (refusedHere()) return
    startCreating(async () => take(await createInstanceAction(createInput(view, draft, withoutVerifying))))
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
      if (step === lastStep) return create(false)
      if (!refusedHere()) go(step + 1)
    },
    createWithoutVerifying: () => create(true),
  }
}

export type Wizard = ReturnType<typeof useWizard>
