'use client'

import type { ReactNode } from 'react'
import { useBound } from '@/components/authentication-methods/setup-context'
import type { FieldFrame } from '@/components/forms/field'
import { TextField } from '@/components/forms/text-field'

type BoundTextProps = FieldFrame & {
  name: string
  maxLength?: number
  placeholder?: string
  mono?: boolean
  suffix?: ReactNode
}

export function BoundText({ name, mono = true, ...rest }: BoundTextProps) {
  const { value, set, error, readOnly } = useBound<string>(name)
  return (
    <TextField
      name={name}
      value={value ?? ''}
      mono={mono}
      error={error}
      readOnly={readOnly}
      onChange={(event) => set(event.target.value)}
      {...rest}
    />
  )
}
