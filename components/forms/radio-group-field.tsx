'use client'

import { useId, type ReactNode } from 'react'
import { useFormContext } from '@/components/forms/form-context'
import { Radio } from '@/components/ui/radio'
import { RequiredMark } from '@/components/ui/required-mark'

type RadioGroupFieldProps = {
  name: string
  label: string
  help?: ReactNode
  required?: boolean
  error?: string
  /** The accessible name of a radio button is only its label. Screen readers read the description after it. */
  options: { value: string; label: string; description?: ReactNode; disabled?: boolean }[]
  defaultValue?: string
  value?: string
  onValueChange?: (value: string) => void
}

export function RadioGroupField({
  name,
  label,
  help,
  required = false,
  error,
  options,
  defaultValue,
  value,
  onValueChange,
}: RadioGroupFieldProps) {
  const id = useId()
  const form = useFormContext()
  const wrong = error ?? form.errors[name]
  const start = form.values[name] ?? defaultValue
  return (
    <fieldset aria-describedby={help || wrong ? `${id}-notes` : undefined} className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">
        {label}
        {required && <RequiredMark />}
      </legend>
      <div className="grid gap-2">
        {options.map((option) => (
          <div
            key={option.value}
            className="relative grid grid-cols-[auto_1fr] gap-x-2.5 rounded-lg border bg-surface px-3 py-2.5 hover:border-control has-[:checked]:border-accent has-[:checked]:bg-accent-subtle has-[:disabled]:opacity-60"
          >
            <Radio
              id={`${id}-${option.value}`}
              name={name}
              value={option.value}
              required={required}
              disabled={option.disabled}
              className="relative z-10 mt-0.75"
              aria-describedby={option.description ? `${id}-${option.value}-description` : undefined}
              {...(value === undefined
                ? { defaultChecked: start === option.value }
                : { checked: value === option.value })}
              onChange={() => onValueChange?.(option.value)}
            />
            <label htmlFor={`${id}-${option.value}`} className="font-medium break-words after:absolute after:inset-0">
              {option.label}
            </label>
            {option.description && (
              <div id={`${id}-${option.value}-description`} className="col-start-2 text-sm text-muted">
                {option.description}
              </div>
            )}
          </div>
        ))}
      </div>
      {(wrong || help) && (
        <div id={`${id}-notes`} className="text-sm">
          {wrong && <p className="text-bad">{wrong}</p>}
          {help && <div className="text-muted">{help}</div>}
        </div>
      )}
    </fieldset>
  )
}
