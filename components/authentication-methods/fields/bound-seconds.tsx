'use client'

import { useBound } from '@/components/authentication-methods/setup-context'
import type { FieldFrame } from '@/components/forms/field'
import { TextField } from '@/components/forms/text-field'

/** A number of seconds, or empty. */
export function BoundSeconds({ name, placeholder, ...rest }: FieldFrame & { name: string; placeholder?: string }) {
  const { value, set, error, readOnly } = useBound<number | null>(name)
  return (
    <TextField
      name={name}
      type="number"
      min={1}
      suffix="seconds"
      placeholder={placeholder}
      value={value ?? ''}
      error={error}
      readOnly={readOnly}
      onChange={(event) => set(event.target.value === '' ? null : Number(event.target.value))}
      {...rest}
    />
  )
}
