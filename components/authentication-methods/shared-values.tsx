'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import { SecretField } from '@/components/forms/secret-field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { DropdownMenu } from '@/components/ui/dropdown-menu'
import { setMethodValueAction } from '@/lib/authentication-methods/actions'
import type { SharedValue } from '@/lib/authentication-methods/views'
import type { VariableDefinition } from '@/lib/domain/definitions'
import { unansweredForm } from '@/lib/platform/forms/unanswered'

type SharedValuesProps = {
  methodId: string
  revision: number
  variables: VariableDefinition[]
  shared: SharedValue[]
  canChange: boolean
}

/**
 * The values of a method for all its instances, such as the OAuth client of the team. Sealed, and never shown again.
 */
export function SharedValues({ methodId, revision, variables, shared, canChange }: SharedValuesProps) {
  const [chosen, setChosen] = useState<string[]>([])
  const isShown = ({ id }: VariableDefinition) =>
    chosen.includes(id) || shared.some(({ variableId }) => variableId === id)
  const shown = variables.filter(isShown)
  const free = variables.filter((variable) => !isShown(variable))
  if (variables.length === 0 || (shown.length === 0 && !canChange)) return null
  return (
    <section aria-labelledby="shared-values" className="grid max-w-3xl gap-3">
      <h3 id="shared-values" className="font-medium">
        Values shared by all instances
      </h3>
      <p className="text-muted">
        For example one client ID and secret for the whole team. Every instance of this method uses these values and is
        not asked for them.
      </p>
      <div className="grid gap-4">
        {shown.map((variable) => (
          <SharedValueField
            key={variable.id}
            methodId={methodId}
            revision={revision}
            variable={variable}
            shared={shared.find(({ variableId }) => variableId === variable.id)}
            canChange={canChange}
          />
        ))}
      </div>
      {canChange && free.length > 0 && (
        <div>
          <DropdownMenu
            align="start"
            trigger={
              <Button size="sm">
                <Plus aria-hidden />
                Share a value
              </Button>
            }
            items={free.map(({ id, displayName }) => ({
              label: displayName,
              onSelect: () => setChosen([...chosen, id]),
            }))}
          />
        </div>
      )}
    </section>
  )
}

type SharedValueFieldProps = {
  methodId: string
  revision: number
  variable: VariableDefinition
  shared: SharedValue | undefined
  canChange: boolean
}

function SharedValueField({ methodId, revision, variable, shared, canChange }: SharedValueFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [error, setError] = useState<string>()
  const [setMethodValue, pending] = useAction(setMethodValueAction, unansweredForm)
  const send = async (value: string | null) => {
    const answer = await setMethodValue({ methodId, revision, variableId: variable.id, value })
    if (answer.status === 'invalid') return setError(answer.fieldErrors.value ?? answer.message)
    setError(undefined)
    setTyped(null)
    if (answer.status === 'done') toast.success(answer.message ?? 'Saved.')
  }
  return (
    <div className="flex flex-wrap items-end gap-2">
      <SecretField
        key={shared?.setAt ?? 'unset'}
        className="min-w-60 grow"
        name={`shared.${variable.key}`}
        label={`${variable.displayName} for all instances`}
        isSet={shared !== undefined}
        setAt={shared?.setAt ?? null}
        onValueChange={setTyped}
        disabled={!canChange}
        error={error}
      />
      {canChange && typed !== null && typed !== '' && (
        <Button pending={pending} onClick={() => send(typed)}>
          Set for all
        </Button>
      )}
      {canChange && shared && typed === null && (
        <Button variant="ghost" pending={pending} onClick={() => send(null)}>
          Remove
        </Button>
      )}
    </div>
  )
}
