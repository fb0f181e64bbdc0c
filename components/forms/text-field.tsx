'use client'

import type { ComponentProps, ReactNode } from 'react'
import { Field, type FieldFrame } from '@/components/forms/field'
import { useFormContext } from '@/components/forms/form-context'
import { Input } from '@/components/ui/input'
import { cn } from '@/components/ui/cn'

type TextFieldProps = FieldFrame &
  Omit<ComponentProps<typeof Input>, 'id' | 'required' | 'className'> & {
    name: string
    /** Overrides the form's error for this field. */
    error?: string
    /** Text to the right of the input, for example a unit. */
    suffix?: ReactNode
  }

export function TextField({
  label,
  help,
  required,
  className,
  error,
  suffix,
  name,
  defaultValue,
  value,
  ...rest
}: TextFieldProps) {
  const form = useFormContext()
  const initial = value === undefined ? { defaultValue: form.values[name] ?? defaultValue } : { value }
  return (
    <Field label={label} help={help} required={required} className={className} error={error ?? form.errors[name]}>
      {(control) => (
        <span className="flex items-center gap-2">
          <Input
            name={name}
            {...initial}
            {...control}
            {...rest}
            className={cn(rest.type === 'number' && 'tabular max-w-28')}
          />
          {suffix && <span className="shrink-0 text-sm text-muted">{suffix}</span>}
        </span>
      )}
    </Field>
  )
}
