'use client'

import { ChevronRight } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { cn } from '@/components/ui/cn'

type MoreSettingsProps = {
  label: string
  /** What is set inside, in a few words, shown while it is closed. */
  summary?: string
  /** The names of the fields inside, or their first parts. If the server refused one of them, the section opens. */
  fields: readonly string[]
  children: ReactNode
}

/** Settings that few methods need. They stay mounted while closed, so that an error can lead to them. */
export function MoreSettings({ label, summary, fields, children }: MoreSettingsProps) {
  const { errors } = useSetup()
  const [open, setOpen] = useState(false)
  const [seen, setSeen] = useState(errors)
  if (seen !== errors) {
    setSeen(errors)
    if (Object.keys(errors).some((name) => fields.some((field) => name === field || name.startsWith(`${field}.`))))
      setOpen(true)
  }
  return (
    <details
      className="group min-w-0"
      open={open}
      onToggle={(event) => event.target === event.currentTarget && setOpen(event.currentTarget.open)}
    >
      <summary className="inline-flex max-w-full cursor-pointer list-none items-center gap-1.5 rounded-md text-sm text-muted hover:text-foreground [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className={cn('size-4 shrink-0', open && 'rotate-90')} />
        {label}
        {summary && <span className="truncate text-faint">{summary}</span>}
      </summary>
      <div className="grid gap-5 pt-4 sm:pl-5.5">{children}</div>
    </details>
  )
}
