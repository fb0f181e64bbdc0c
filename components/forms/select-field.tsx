'use client'

import type { ComponentProps } from 'react'
import { Field, type FieldFrame } from '@/components/forms/field'
import { useFormContext } from '@/components/forms/form-context'
import { Select } from '@/components/ui/select'

export type SelectOption = { value: string; label: string; disabled?: boolean }

type SelectFieldProps = FieldFrame &
  Omit<ComponentProps<typeof Select>, 'id' | 'required' | 'className' | 'children'> & {
    name: string
    options: readonly SelectOption[] | readonly { group: string; options: readonly SelectOption[] }[]
    /** The text of an empty first choice. */
    placeholder?: string
    error?: string
  }

export function SelectField({
  label,
  help,
  required,
  className,
  error,
  name,
  options,
  placeholder,
  defaultValue,
  value,
  ...rest
}: SelectFieldProps) {
  const form = useFormContext()
  const start = form.values[name] ?? defaultValue
  const initial = value === undefined ? { defaultValue: start } : { value }
  return (
    <Field label={label} help={help} required={required} className={className} error={error ?? form.errors[name]}>
      {(control) => (
        // React would reset the select to its first choice. With another key it is a new element.
        <Select key={String(start)} name={name} {...initial} {...control} {...rest}>
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((entry) =>
            'group' in entry ? (
              <optgroup key={entry.group} label={entry.group}>
                {entry.options.map((option) => (
                  <option key={option.value} value={option.value} disabled={option.disabled}>
                    {option.label}
                  </option>
                ))}
              </optgroup>
            ) : (
              <option key={entry.value} value={entry.value} disabled={entry.disabled}>
                {entry.label}
              </option>
            ),
          )}
        </Select>
      )}
    </Field>
  )
}
