'use client'

import { useState, useTransition } from 'react'
import { SecretField } from '@/components/forms/secret-field'
import { Button } from '@/components/ui/button'
import { toast } from 'sonner'
import { setMethodValueAction } from '@/lib/authentication-methods/actions'
import type { HeldValue } from '@/lib/authentication-methods/views'
import type { VariableDefinition } from '@/lib/domain/definitions'

type HeldValuesProps = { methodId: string; revision: number; variables: VariableDefinition[]; held: HeldValue[]; canChange: boolean }

/** Values the method holds for all its instances: one OAuth app of the team, say. Sealed, never shown again. */
export function HeldValues({ methodId, revision, variables, held, canChange }: HeldValuesProps) {
  if (variables.length === 0) return null
  return (
    <section aria-labelledby="held-values" className="grid max-w-3xl gap-3">
      <h3 id="held-values" className="font-medium">
        Values shared by all instances
      </h3>
      <p className="text-muted">What is set here is used by every instance of this method, and the instance form does not ask for it.</p>
      <div className="grid gap-4">
        {variables.map((variable) => (
          <HeldValueField
            key={variable.id}
            methodId={methodId}
            revision={revision}
            variable={variable}
            held={held.find(({ variableId }) => variableId === variable.id)}
            canChange={canChange}
          />
        ))}
      </div>
    </section>
  )
}

type HeldValueFieldProps = { methodId: string; revision: number; variable: VariableDefinition; held: HeldValue | undefined; canChange: boolean }

function HeldValueField({ methodId, revision, variable, held, canChange }: HeldValueFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [error, setError] = useState<string>()
  const [pending, startTransition] = useTransition()
  const send = (value: string | null) =>
    startTransition(async () => {
      const answer = await setMethodValueAction({ methodId, revision, variableId: variable.id, value })
      if (answer.status === 'invalid') return setError(answer.fieldErrors.value ?? answer.message)
      setError(undefined)
      setTyped(null)
      if (answer.status === 'done') toast.success(answer.message ?? 'Saved.')
    })
  return (
    <div className="flex flex-wrap items-end gap-2">
      <SecretField
        key={held?.setAt ?? 'unset'}
        className="min-w-60 grow"
        name={`held.${variable.key}`}
        label={`${variable.displayName} for all instances`}
        isSet={held !== undefined}
        setAt={held?.setAt ?? null}
        onValueChange={setTyped}
        disabled={!canChange}
        error={error}
      />
      {canChange && typed !== null && typed !== '' && (
        <Button pending={pending} onClick={() => send(typed)}>
          Set for all
        </Button>
      )}
      {canChange && held && typed === null && (
        <Button variant="ghost" pending={pending} onClick={() => send(null)}>
          Remove
        </Button>
      )}
    </div>
  )
}
