'use client'

import { useBound } from '@/components/authentication-methods/setup-context'
import { CheckboxField } from '@/components/forms/checkbox-field'
import type { FieldFrame } from '@/components/forms/field'

/**
 * A yes or no of the draft. It is saved with the rest, so it is a checkbox: a switch would seem to take effect
 * immediately.
 */
export function BoundCheckbox({ name, ...rest }: Omit<FieldFrame, 'required'> & { name: string }) {
  const { value, set, error, readOnly } = useBound<boolean>(name)
  return (
    <CheckboxField
      name={name}
      checked={value ?? false}
      error={error}
      disabled={readOnly}
      onChange={(event) => set(event.target.checked)}
      {...rest}
    />
  )
}
