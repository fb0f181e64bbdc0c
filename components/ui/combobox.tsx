'use client'

import { Check, ChevronsUpDown } from 'lucide-react'
import { Command } from 'cmdk'
import { Popover as Radix } from 'radix-ui'
import { useId, useState, type ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { Spinner } from '@/components/ui/spinner'

export type ComboboxOption = { value: string; label: string; detail?: ReactNode }
export type ComboboxGroup = { heading: string; options: ComboboxOption[] }

type ComboboxProps = {
  id?: string
  'aria-label'?: string
  'aria-describedby'?: string
  'aria-invalid'?: true
  required?: boolean
  disabled?: boolean
  /** What is chosen now, in words. */
  chosen: ReactNode
  chosenValue: string | null
  placeholder: string
  searchLabel: string
  groups: ComboboxGroup[]
  /** Called while one types; the caller searches on the server and hands new groups. */
  onSearch: (text: string) => void
  onSelect: (value: string) => void
  pending?: boolean
  emptyText: string
  /** Under the list: how to get more of it. */
  footer?: ReactNode
}

const item =
  'flex cursor-default items-center gap-2 rounded-md px-2 py-1.5 text-base outline-none select-none data-[selected=true]:bg-hover [&_svg]:size-4'

/** A choice among more than a select can hold: searched on the server, grouped, by keyboard and mouse. */
export function Combobox({
  chosen,
  chosenValue,
  placeholder,
  searchLabel,
  groups,
  onSearch,
  onSelect,
  pending = false,
  emptyText,
  footer,
  required,
  disabled,
  ...control
}: ComboboxProps) {
  const popupId = useId()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [pointed, setPointed] = useState('')
  const values = groups.flatMap(({ options }) => options.map(({ value }) => value))
  const search = (typed: string) => {
    setText(typed)
    onSearch(typed)
  }
  const select = (value: string) => {
    setOpen(false)
    onSelect(value)
  }
  const show = (next: boolean) => {
    setOpen(next)
    setPointed(chosenValue ?? '')
    if (next && text !== '') search('')
  }
  return (
    <Radix.Root open={open} onOpenChange={show}>
      <Radix.Trigger asChild>
        <button
          type="button"
          role="combobox"
          aria-expanded={open}
          aria-controls={popupId}
          aria-haspopup="dialog"
          aria-required={required || undefined}
          disabled={disabled}
          className="control flex min-h-8 items-center gap-2 py-1 text-left"
          {...control}
        >
          <span className={cn('min-w-0 grow', chosenValue === null && 'text-muted')}>
            {chosenValue === null ? placeholder : chosen}
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
        </button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          id={popupId}
          aria-label={searchLabel}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-(--radix-popover-trigger-width) max-w-[calc(100vw-1rem)] min-w-72 animate-appear rounded-lg bg-raised shadow-float focus:outline-none"
        >
          {/* When others are found, the first of them is at hand for Enter. */}
          <Command
            label={searchLabel}
            shouldFilter={false}
            value={values.includes(pointed) ? pointed : (values[0] ?? '')}
            onValueChange={setPointed}
            className="flex flex-col"
          >
            <div className="flex items-center gap-2 border-b px-3">
              <Command.Input
                value={text}
                onValueChange={search}
                placeholder={`${searchLabel}…`}
                aria-label={searchLabel}
                className="h-9 min-w-0 grow bg-transparent outline-none placeholder:text-muted"
              />
              {pending && <Spinner label="Searching" />}
            </div>
            <Command.List className="max-h-72 overflow-y-auto p-1">
              {!pending && groups.every(({ options }) => options.length === 0) && (
                <p className="px-2 py-6 text-center text-muted">{emptyText}</p>
              )}
              {groups.map((group) => (
                <Command.Group
                  key={group.heading}
                  heading={group.heading}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted"
                >
                  {group.options.map((option) => (
                    <Command.Item
                      key={option.value}
                      value={option.value}
                      onSelect={() => select(option.value)}
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
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
