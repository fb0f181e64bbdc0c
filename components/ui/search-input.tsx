'use client'

import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { cn } from '@/components/ui/cn'
import { Spinner } from '@/components/ui/spinner'
import { useListParams } from '@/components/ui/use-list-params'

type SearchInputProps = {
  /** Accessible name and placeholder: "Search connectors". */ label: string
  param?: string
  className?: string
}

/** Searches on the server while the person types: writes ?q= into the address. */
export function SearchInput({ label, param = 'q', className }: SearchInputProps) {
  const { get, change, pending } = useListParams()
  const inAddress = get(param)
  const [typed, setTyped] = useState(inAddress)
  const [sent, setSent] = useState(inAddress)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const input = useRef<HTMLInputElement>(null)
  if (inAddress !== sent && !pending) {
    // The address was changed by something else, such as *Back* or a link.
    setSent(inAddress)
    setTyped(inAddress)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const search = (text: string, delay: number) => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      setSent(text.trim())
      change({ [param]: text.trim() })
    }, delay)
  }
  return (
    <div role="search" className={cn('relative w-full sm:w-72', className)}>
      {pending ? (
        <span className="absolute top-2 left-2.5 text-muted">
          <Spinner />
        </span>
      ) : (
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      )}
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={`${label}…`}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={typed}
        onChange={(event) => search(event.target.value, 250)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search(typed, 0)
          if (event.key === 'Escape' && typed !== '') search('', 0)
        }}
        className="control h-8 px-8 [&::-webkit-search-cancel-button]:hidden"
      />
      {typed !== '' && (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => {
            search('', 0)
            input.current?.focus()
          }}
          className="absolute top-1 right-1 grid size-6 place-items-center rounded-sm text-muted hover:bg-hover hover:text-foreground"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  )
}
