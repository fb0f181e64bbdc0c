'use client'

import { useId, type ComponentProps } from 'react'
import type { FieldFrame } from '@/components/forms/field'
import { useFormContext } from '@/components/forms/form-context'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'

type CheckboxFieldProps = Omit<FieldFrame, 'required'> &
  Omit<ComponentProps<typeof Checkbox>, 'id' | 'className'> & { name: string; error?: string }

/** Sends "on" when checked, nothing otherwise. */
export function CheckboxField({ label, help, className, error, name, ...rest }: CheckboxFieldProps) {
  const id = useId()
  const form = useFormContext()
  const wrong = error ?? form.errors[name]
  return (
    <div className={cn('grid grid-cols-[auto_1fr] gap-x-2 gap-y-0.5', className)}>
      <Checkbox
        id={id}
        name={name}
        className="mt-0.5"
        aria-invalid={wrong ? true : undefined}
        aria-describedby={help || wrong ? `${id}-notes` : undefined}
        {...rest}
      />
      <label htmlFor={id} className="text-base">
        {label}
      </label>
      {(help || wrong) && (
        <div id={`${id}-notes`} className="col-start-2 text-sm">
          {wrong && <p className="text-bad">{wrong}</p>}
          {help && <div className="text-muted">{help}</div>}
        </div>
      )}
    </div>
  )
}
