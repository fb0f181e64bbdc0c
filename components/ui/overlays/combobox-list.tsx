'use client'

import { Check } from 'lucide-react'
import { Command } from 'cmdk'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { Spinner } from '@/components/ui/spinner'

type ComboboxOption = { value: string; label: string; detail?: ReactNode }
export type ComboboxGroup = { heading: string; options: ComboboxOption[] }

export type ComboboxListProps = {
  chosenValue: string | null
  /** The option highlighted by the keyboard or the mouse. */
  pointed: string
  onPoint: (value: string) => void
  text: string
  onSearch: (text: string) => void
  onSelect: (value: string) => void
  groups: ComboboxGroup[]
  searchLabel: string
  pending: boolean
  emptyText: string
  footer: ReactNode
}

const item =
  'flex cursor-default items-center gap-2 rounded-md px-2 py-1.5 text-base outline-none select-none data-[selected=true]:bg-hover [&_svg]:size-4'
const heading =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted'

/** The search field of a combobox, and its results. */
export function ComboboxList({ chosenValue, pointed, onPoint, text, onSearch, onSelect, ...shown }: ComboboxListProps) {
  const { groups, searchLabel, pending, emptyText, footer } = shown
  const values = groups.flatMap(({ options }) => options.map(({ value }) => value))
  return (
    <Command
      label={searchLabel}
      shouldFilter={false}
      // After a new search the first result is highlighted, so that Enter chooses it.
      value={values.includes(pointed) ? pointed : (values[0] ?? '')}
      onValueChange={onPoint}
      className="flex flex-col"
    >
      <div className="flex items-center gap-2 border-b px-3">
        <Command.Input
          value={text}
          onValueChange={onSearch}
          placeholder={`${searchLabel}…`}
          aria-label={searchLabel}
          className="h-9 min-w-0 grow bg-transparent outline-none placeholder:text-muted"
        />
        {pending && <Spinner label="Searching" />}
      </div>
      <Command.List className="max-h-72 overflow-y-auto p-1">
        {!pending && values.length === 0 && <p className="px-2 py-6 text-center text-muted">{emptyText}</p>}
        {groups.map((group) => (
          <Command.Group key={group.heading} heading={group.heading} className={heading}>
            {group.options.map((option) => (
              <Command.Item
                key={option.value}
                value={option.value}
                onSelect={() => onSelect(option.value)}
                className={item}
              >
                <span className="min-w-0 grow break-words">{option.label}</span>
                {option.detail && <span className="shrink-0 text-sm text-muted">{option.detail}</span>}
                <Check
                  aria-hidden
                  className={cn('shrink-0 text-accent-text', option.value !== chosenValue && 'invisible')}
                />
              </Command.Item>
            ))}
          </Command.Group>
        ))}
        {footer}
      </Command.List>
    </Command>
  )
}
