'use client'

import { useId, type ComponentProps } from 'react'
import type { FieldFrame } from '@/components/forms/field'
import { Switch } from '@/components/ui/switch'
import { cn } from '@/components/ui/cn'

type SwitchFieldProps = Omit<FieldFrame, 'required'> & Omit<ComponentProps<typeof Switch>, 'id' | 'className'>

/** A row with its label left and the switch right; takes effect immediately (`onChange`). */
export function SwitchField({ label, help, className, ...rest }: SwitchFieldProps) {
  const id = useId()
  return (
    <div className={cn('flex items-center gap-4', className)}>
      <div className="min-w-0 grow">
        <label htmlFor={id} className="block font-medium break-words">
          {label}
        </label>
        {help && (
          <div id={`${id}-help`} className="text-sm text-muted">
            {help}
          </div>
        )}
      </div>
      <Switch id={id} aria-describedby={help ? `${id}-help` : undefined} {...rest} />
    </div>
  )
}
