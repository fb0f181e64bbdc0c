'use client'

import type { ComponentProps } from 'react'
import { Field, type FieldFrame } from '@/components/forms/field'
import { useFormContext } from '@/components/forms/form-context'
import { Textarea } from '@/components/ui/textarea'

type TextareaFieldProps = FieldFrame &
  Omit<ComponentProps<typeof Textarea>, 'id' | 'required' | 'className'> & { name: string; error?: string }

export function TextareaField({
  label,
  help,
  required,
  className,
  error,
  name,
  defaultValue,
  value,
  ...rest
}: TextareaFieldProps) {
  const form = useFormContext()
  const initial = value === undefined ? { defaultValue: form.values[name] ?? defaultValue } : { value }
  return (
    <Field label={label} help={help} required={required} className={className} error={error ?? form.errors[name]}>
      {(control) => <Textarea name={name} {...initial} {...control} {...rest} />}
    </Field>
  )
}
