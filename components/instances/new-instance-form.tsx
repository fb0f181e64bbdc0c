'use client'

import type { ReactNode } from 'react'
import { DetailsFields } from '@/components/instances/details-fields'
import { NewCredentials } from '@/components/instances/new-credentials'
import { useNewInstance, type NewInstance } from '@/components/instances/use-new-instance'
import { VerificationAlert } from '@/components/instances/verification-alert'
import { FormActions } from '@/components/forms/form-actions'
import { FormErrorSummary } from '@/components/forms/form-error-summary'
import { RadioGroupField } from '@/components/forms/radio-group-field'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import type { InstanceDetail, MethodChoice, NewInstanceView } from '@/lib/instances/views'

const advancedNames = ['timeZone', 'dateFormat', 'rateLimitAmount', 'rateLimitUnit', 'maxConcurrent']

type NewInstanceFormProps = {
  view: NewInstanceView
  /** The instance to copy; null for an empty form. */
  original: InstanceDetail | null
  redirectUris: ReactNode
}

/** *Add new instance*, on one page: name, method, credentials, and one button. */
export function NewInstanceForm({ view, original, redirectUris }: NewInstanceFormProps) {
  const instance = useNewInstance(view, original)
  const { draft, method, errors, change } = instance
  const changeDetails = (part: Partial<typeof draft.details>) =>
    change({ ...draft, details: { ...draft.details, ...part } })
  return (
    <form
      method="post"
      noValidate
      aria-label="Add new instance"
      className="grid max-w-2xl gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        if (!instance.creating) instance.create()
      }}
    >
      <FormErrorSummary state={instance.form} />
      <TextField
        name="name"
        label="Instance name"
        required
        autoFocus
        maxLength={120}
        autoComplete="off"
        value={draft.details.name}
        error={errors.name}
        onChange={(event) => changeDetails({ name: event.target.value })}
        // So that typing replaces the proposed name.
        onFocus={({ currentTarget }) => currentTarget.value === view.proposedName && currentTarget.select()}
        help="What your team calls this account, for example “Acme UK” or “Test shop”."
      />
      <RadioGroupField
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
        help="You can’t change this later."
      />
      {method && (
        <NewCredentials
          method={method}
          instance={instance}
          redirectUris={redirectUris}
          advancedOpen={advancedNames.some((name) => errors[name] !== undefined)}
          advanced={
            <DetailsFields
              draft={draft.details}
              inherited={view.inherited}
              onChange={changeDetails}
              errors={errors}
              canChange
            />
          }
        />
      )}
      <CreateInstance instance={instance} connectorName={view.connector.name} />
    </form>
  )
}

/** The button, the text that says what it does, and the response of the third party about the credentials. */
function CreateInstance({ instance, connectorName }: { instance: NewInstance; connectorName: string }) {
  const { method, report } = instance
  return (
    <>
      {report && (
        <VerificationAlert
          report={report}
          refused="the instance was not created."
          actions={
            report.outcome !== 'rejected' && (
              <Button pending={instance.creating} onClick={instance.createWithoutVerifying}>
                Save without verifying
              </Button>
            )
          }
        />
      )}
      <FormActions>
        <Button
          type="submit"
          variant="primary"
          pending={instance.creating}
          aria-describedby={method ? 'what-happens-next' : undefined}
        >
          Create instance
        </Button>
        {method && (
          <p id="what-happens-next" className="text-sm text-muted">
            {whatHappensNext(method, connectorName)}
          </p>
        )}
      </FormActions>
    </>
  )
}

function whatHappensNext({ needsPerson, hasTestRequest }: MethodChoice, connectorName: string): string {
  if (needsPerson) return `You continue at ${connectorName} to authorise.`
  if (hasTestRequest) return `${connectorName} is asked whether the credentials work.`
  return 'This method has no test request: you can save the credentials without verifying them.'
}
