'use client'

import { useState } from 'react'
import { TextField } from '@/components/forms/text-field'

type StatusesFieldProps = {
  name: string
  label: string
  help: string
  value: readonly number[]
  onValueChange: (statuses: number[]) => void
  error?: string
  disabled?: boolean
}

/** HTTP statuses with commas between them. What is typed stays as typed until the field is left. */
export function StatusesField({ value, onValueChange, disabled, ...field }: StatusesFieldProps) {
  const [text, setText] = useState(value.join(', '))
  const change = (typed: string) => {
    setText(typed)
    const parts = typed.split(/[\s,]+/).filter((part) => part !== '')
    // What is no number becomes 0, which the schema refuses by name, instead of being dropped silently.
    onValueChange(parts.map((part) => (/^\d{3}$/.test(part) ? Number(part) : 0)))
  }
  return <TextField {...field} value={text} inputMode="numeric" mono readOnly={disabled} maxLength={120} onChange={(event) => change(event.target.value)} />
}
