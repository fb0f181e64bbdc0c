'use client'

import { ChevronRight } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { cn } from '@/components/ui/cn'

type MoreSettingsProps = {
  label: string
  /** What is set inside, in a few words, for those who do not open it. */
  summary?: string
  /** Names of fields inside, or what they begin with: where the server refused one of them, it opens. */
  fields: readonly string[]
  children: ReactNode
}

/** What few methods need. Closed it stays mounted, so that a refusal leads into it. */
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
