'use client'

import type { ComponentProps } from 'react'
import { TextField } from '@/components/forms/text-field'

type NumberFieldProps = Omit<ComponentProps<typeof TextField>, 'value' | 'onChange' | 'type'> & {
  /** Not a number while the field is empty or has something else in it; the server then asks for a whole number. */
  value: number
  onValueChange: (value: number) => void
}

/** A whole number in a draft. */
export function NumberField({ value, onValueChange, ...rest }: NumberFieldProps) {
  return (
    <TextField
      {...rest}
      type="number"
      inputMode="numeric"
      value={Number.isNaN(value) ? '' : value}
      onChange={(event) => onValueChange(event.target.value === '' ? Number.NaN : Number(event.target.value))}
    />
  )
}
