'use client'

import { useBound } from '@/components/authentication-methods/setup-context'
import type { FieldFrame } from '@/components/forms/field'
import { SelectField } from '@/components/forms/select-field'

type BoundSelectProps = FieldFrame & {
  name: string
  /** The label of each value. */
  choices: Record<string, string>
  /** What applies if nothing is chosen: "As Get token (POST)". */
  inherited?: string
}

export function BoundSelect({ name, choices, inherited, ...rest }: BoundSelectProps) {
  const { value, set, error, readOnly } = useBound<string | null>(name)
  const options = Object.entries(choices).map(([key, label]) => ({ value: key, label }))
  return (
    <SelectField
      name={name}
      value={value ?? ''}
      error={error}
      disabled={readOnly}
      options={inherited === undefined ? options : [{ value: '', label: inherited }, ...options]}
      onChange={(event) => set(event.target.value === '' && inherited !== undefined ? null : event.target.value)}
      {...rest}
    />
  )
}
