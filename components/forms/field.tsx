'use client'

import { CircleX } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { Label } from '@/components/ui/label'
import { cn } from '@/components/ui/cn'

export type FieldControlProps = { id: string; required: boolean; 'aria-describedby'?: string; 'aria-invalid'?: true }

export type FieldFrame = {
  label: string
  help?: ReactNode
  required?: boolean
  className?: string
}

type FieldProps = FieldFrame & {
  error?: string
  /** Something at the end of the label's line, for example a badge or a link. */
  aside?: ReactNode
  /** Renders the control with these attributes. */
  children: (control: FieldControlProps) => ReactNode
}

/** The frame that all fields share: the label, the control, and below it the error or the help. */
export function Field({ label, help, error, required = false, aside, className, children }: FieldProps) {
  const id = useId()
  const describedBy = [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(' ')
  return (
    <div className={cn('grid content-start gap-1.5', className)}>
      <div className="flex min-h-5 items-end justify-between gap-2">
        <Label htmlFor={id} required={required}>
          {label}
        </Label>
        {aside}
      </div>
      {children({
        id,
        required,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      <FieldNotes id={id} error={error} help={help} />
    </div>
  )
}

function FieldNotes({ id, error, help }: { id: string; error?: string; help?: ReactNode }) {
  return (
    <>
      {error && (
        <p id={`${id}-error`} className="flex gap-1.5 text-sm text-bad">
          <CircleX aria-hidden className="mt-0.75 size-3.5 shrink-0" />
          <span className="min-w-0 break-words">{error}</span>
        </p>
      )}
      {help && (
        <div id={`${id}-help`} className="text-sm text-muted">
          {help}
        </div>
      )}
    </>
  )
}
