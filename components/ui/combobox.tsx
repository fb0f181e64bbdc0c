'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useId, useRef, useState, type ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import type { ComboboxGroup } from '@/components/ui/overlays/combobox-list'
import { usePanels } from '@/components/ui/overlays/use-panels'

type ComboboxProps = {
  id?: string
  'aria-label'?: string
  'aria-describedby'?: string
  'aria-invalid'?: true
  required?: boolean
  disabled?: boolean
  /** The current choice, as text. */
  chosen: ReactNode
  chosenValue: string | null
  placeholder: string
  searchLabel: string
  groups: ComboboxGroup[]
  /** Called when the list opens, to load choices that are needed only then. */
  onOpen?: () => void
  /** Called while the person types; the caller searches on the server and passes new groups. */
  onSearch: (text: string) => void
  onSelect: (value: string) => void
  pending?: boolean
  emptyText: string
  /** Below the list: how to find more choices. */
  footer?: ReactNode
}

/** A choice among too many options for a select: searched on the server and grouped. */
export function Combobox({
  chosen,
  chosenValue,
  placeholder,
  searchLabel,
  groups,
  onOpen,
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
  const opener = useRef<HTMLButtonElement | null>(null)
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
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
    if (next && text !== '') search('')
    if (next) onOpen?.()
  }
  const panels = usePanels(open, setOpen)
  return (
    <>
      <button
        ref={opener}
        type="button"
        role="combobox"
        aria-expanded={open}
        aria-controls={popupId}
        aria-haspopup="dialog"
        aria-busy={(open && panels === null) || undefined}
        aria-required={required || undefined}
        disabled={disabled}
        className="control flex min-h-8 items-center gap-2 py-1 text-left"
        onClick={() => (!open || panels) && show(!open)}
        onKeyDown={(event) => {
          if (open || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
          event.preventDefault()
          show(true)
        }}
        {...control}
      >
        <span className={cn('min-w-0 grow', chosenValue === null && 'text-muted')}>
          {chosenValue === null ? placeholder : chosen}
        </span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
      </button>
      {panels && (
        <panels.ComboboxPanel
          id={popupId}
          opener={opener}
          onOpenChange={show}
          chosenValue={chosenValue}
          text={text}
          onSearch={search}
          onSelect={select}
          groups={groups}
          searchLabel={searchLabel}
          pending={pending}
          emptyText={emptyText}
          footer={footer}
        />
      )}
    </>
  )
}
