'use client'

import { useEffect, useRef, type ReactNode } from 'react'
import { CredentialsStep } from '@/components/instances/credentials-step'
import { DetailsFields } from '@/components/instances/details-fields'
import { useWizard } from '@/components/instances/use-wizard'
import { wizardSteps } from '@/components/instances/wizard-draft'
import { WizardStepList } from '@/components/instances/wizard-step-list'
import { FormActions } from '@/components/forms/form-actions'
import { FormErrorSummary } from '@/components/forms/form-error-summary'
import { RadioGroupField } from '@/components/forms/radio-group-field'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import type { NewInstanceView } from '@/lib/instances/views'

/** *Add new instance*, step by step. Going back keeps everything that was typed. */
export function InstanceWizard({ view, redirectUris }: { view: NewInstanceView; redirectUris: ReactNode }) {
  const wizard = useWizard(view)
  const { draft, step, errors, change } = wizard
  const details = (part: Partial<typeof draft.details>) => change({ ...draft, details: { ...draft.details, ...part } })
  const heading = useStepHeading(step)
  const panels = [
    <TextField
      key="name"
      name="name"
      label="Instance name"
      required
      autoFocus
      maxLength={120}
      autoComplete="off"
      value={draft.details.name}
      error={errors.name}
      onChange={(event) => details({ name: event.target.value })}
      help="As your team calls this account: Acme UK, the test shop."
    />,
    <DetailsFields
      key="details"
      draft={draft.details}
      inherited={view.inherited}
      onChange={details}
      errors={errors}
      canChange
    />,
    <RadioGroupField
      key="method"
      name="methodId"
      label="Authentication method"
      required
      value={draft.methodId}
      onValueChange={(methodId) => change({ ...draft, methodId })}
      error={errors.methodId}
      options={view.methods.map(({ id, name, type }) => ({
        value: id,
        label: name,
        description: authenticationTypes[type],
      }))}
      help="It is fixed once the instance exists."
    />,
    <CredentialsStep
      key="credentials"
      connectorName={view.connector.name}
      wizard={wizard}
      redirectUris={redirectUris}
    />,
  ]
  return (
    <div className="grid gap-6">
      <WizardStepList labels={wizardSteps} current={step} />
      <form
        method="post"
        noValidate
        aria-label="Add new instance"
        className="grid max-w-2xl gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (!wizard.creating) wizard.forward()
        }}
      >
        <h2 ref={heading} tabIndex={-1} className="sr-only">
          {wizardSteps[step]}
        </h2>
        <FormErrorSummary state={wizard.form} />
        {panels[step]}
        <FormActions>
          <Button type="submit" variant="primary" pending={wizard.creating}>
            {step === wizardSteps.length - 1 ? 'Create instance' : 'Next step'}
          </Button>
          {step > 0 && (
            <Button onClick={wizard.back} disabled={wizard.creating}>
              Back
            </Button>
          )}
        </FormActions>
      </form>
    </div>
  )
}

/** A new step is announced by its heading, unless the server's answer has taken the focus. */
function useStepHeading(step: number) {
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    if (!document.activeElement?.closest('[role="alert"]')) heading.current?.focus()
  }, [step])
  return heading
}
