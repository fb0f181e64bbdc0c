'use client'

import { SwitchField } from '@/components/forms/switch-field'
import type { AddEndpointProps } from '@/components/endpoints/add/add-endpoint-props'

type MethodChoiceProps = {
  methods: AddEndpointProps['methods']
  chosen: ReadonlySet<string>
  onChange: (chosen: Set<string>) => void
}

/** The methods that new endpoints accept from the start: off unless somebody switches them on here (rule R2). */
export function MethodChoice({ methods, chosen, onChange }: MethodChoiceProps) {
  const toggle = (id: string, on: boolean) =>
    onChange(new Set([...chosen].filter((other) => other !== id).concat(on ? [id] : [])))
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">Accepted authentication methods</legend>
      {methods.length === 0 ? (
        <p className="text-sm text-muted">
          The connector has no authentication methods yet. You can switch methods on after adding one.
        </p>
      ) : (
        <div className="grid max-h-48 gap-1 overflow-y-auto rounded-md border px-3 py-1.5">
          {methods.map(({ id, name }) => (
            <SwitchField
              key={id}
              label={name}
              className="min-h-7"
              checked={chosen.has(id)}
              onChange={(event) => toggle(id, event.target.checked)}
            />
          ))}
        </div>
      )}
    </fieldset>
  )
}
