'use client'

import { Field } from '@/components/forms/field'
import { RadioGroupField } from '@/components/forms/radio-group-field'
import { SelectField } from '@/components/forms/select-field'
import { CredentialFields } from '@/components/instances/credential-fields'
import { instanceOptionDetail } from '@/components/instances/instance-option-detail'
import { InstanceStatusBadge } from '@/components/instances/instance-status-badge'
import type { CredentialsChoice } from '@/components/trials/use-credentials-choice'
import { Combobox } from '@/components/ui/combobox'
import { useSearch } from '@/components/ui/use-search'
import type { MethodChoice } from '@/lib/instances/views'
import type { TrialInstance } from '@/lib/trials/views'

type ChooseCredentialsProps = {
  choice: CredentialsChoice
  instances: TrialInstance[]
  methods: MethodChoice[]
  errors: Record<string, string>
}

/** Chooses an instance, or values that are sent once and not stored. */
export function ChooseCredentials({ choice, instances, methods, errors }: ChooseCredentialsProps) {
  const { mode, method } = choice
  return (
    <>
      {methods.length > 0 && (
        <RadioGroupField
          name="trial-credentials"
          label="Credentials"
          value={mode}
          onValueChange={(value) => choice.setMode(value === 'typed' ? 'typed' : 'instance')}
          options={[
            {
              value: 'instance',
              label: 'An instance',
              disabled: instances.length === 0,
              description: instances.length === 0 ? 'No instance can be used here yet.' : undefined,
            },
            { value: 'typed', label: 'Values for this request only', description: 'They are sent once and not saved.' },
          ]}
        />
      )}
      {mode === 'instance' && <ChooseInstance choice={choice} instances={instances} />}
      {mode === 'typed' && methods.length > 1 && (
        <SelectField
          name="trial-method"
          label="Authentication method"
          value={method?.id ?? ''}
          onChange={(event) => choice.setMethodId(event.target.value)}
          options={methods.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {mode === 'typed' && method && (
        <CredentialFields
          key={method.id}
          fields={method.fields}
          typed={choice.typed}
          onChange={choice.setTyped}
          errors={errors}
          canChange
        />
      )}
    </>
  )
}

function ChooseInstance({ choice, instances }: { choice: CredentialsChoice; instances: TrialInstance[] }) {
  const { instance } = choice
  const { found, pending, search } = useSearch(instances, choice.search)
  return (
    <Field label="Instance" required>
      {(control) => (
        <Combobox
          {...control}
          chosenValue={instance?.id ?? null}
          chosen={
            instance && (
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="min-w-0 break-words">{instance.name}</span>
                {instance.status !== 'connected' && <InstanceStatusBadge status={instance.status} quiet />}
              </span>
            )
          }
          placeholder="Choose an instance"
          searchLabel="Search instances"
          emptyText="No instance can be used here."
          groups={[
            {
              heading: instances[0]?.connectorName ?? '',
              options: found.map((option) => ({
                value: option.id,
                label: option.name,
                detail: instanceOptionDetail(option),
              })),
            },
          ]}
          pending={pending}
          onSearch={search}
          onSelect={(id) => choice.setInstance(found.find((candidate) => candidate.id === id) ?? instance)}
        />
      )}
    </Field>
  )
}
