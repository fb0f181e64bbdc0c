'use client'

import { Search } from 'lucide-react'
import { Input } from '@/components/ui/input'
import { cn } from '@/components/ui/cn'

type SearchBoxProps = {
  /** Accessible name. */
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
  maxLength?: number
  className?: string
}

/** Searches, while the person types, in data that the browser already has. Enter does not submit a form. */
export function SearchBox({ label, placeholder, value, onChange, maxLength = 200, className }: SearchBoxProps) {
  return (
    <div role="search" className={cn('relative', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={maxLength}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        className="pl-8"
      />
    </div>
  )
}
