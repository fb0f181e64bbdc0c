'use client'

import { useEffect, useRef } from 'react'
import { cn } from '@/components/ui/cn'

export type CompletionChoice = {
  value: string
  /** The text to insert, if it is more than the value. */ insert?: string
  label?: string
  note?: string
  /** The complete syntax. */ usage?: string
}

type TemplateCompletionsProps = {
  id: string
  /** The label of the list: "Variables", "Filters". */
  label: string
  choices: CompletionChoice[]
  active: number
  left: number
  top: number
  onChoose: (choice: CompletionChoice) => void
}

export function TemplateCompletions({ id, label, choices, active, left, top, onChoose }: TemplateCompletionsProps) {
  const current = useRef<HTMLLIElement>(null)
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={label}
      style={{ left, top }}
      className="absolute z-50 max-h-56 w-72 max-w-full overflow-y-auto rounded-lg bg-raised p-1 shadow-float"
    >
      {choices.map((choice, index) => (
        <li
          key={choice.value}
          id={`${id}-${index}`}
          ref={index === active ? current : undefined}
          role="option"
          aria-selected={index === active}
          // The pointer must not take the focus from the text.
          onPointerDown={(event) => {
            event.preventDefault()
            onChoose(choice)
          }}
          className={cn('cursor-default rounded-md px-2 py-1', index === active && 'bg-hover')}
        >
          <span className="block truncate font-mono text-sm">{choice.value}</span>
          {(choice.label || choice.note) && (
            <span className="line-clamp-2 text-xs text-muted">
              {[choice.label, choice.note].filter(Boolean).join(' · ')}
            </span>
          )}
          {choice.usage && <span className="block truncate font-mono text-xs text-muted">{choice.usage}</span>}
        </li>
      ))}
    </ul>
  )
}
