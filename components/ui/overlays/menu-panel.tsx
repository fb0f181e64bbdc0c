'use client'

import type { LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { Menu as Radix } from 'radix-ui/internal'
import { useRef, type FocusEvent } from 'react'
import { cn } from '@/components/ui/cn'
import { giveFocusBack } from './give-focus-back'
import type { Opener } from './use-opener'

export type MenuItem =
  | { label: string; icon?: LucideIcon; href: string; disabled?: never; danger?: never; onSelect?: never }
  | { label: string; icon?: LucideIcon; onSelect: () => void; disabled?: boolean; danger?: boolean; href?: never }
  | 'separator'

type MenuPanelProps = {
  items: MenuItem[]
  align?: 'start' | 'end'
  /** A menu that was opened by a key focuses its first item. */
  isOpenedByKey: boolean
  opener: Opener
  openerId: string
  onOpenChange: (open: boolean) => void
}

const itemStyle =
  'flex h-8 w-full cursor-default items-center gap-2 rounded-md px-2 text-base outline-none select-none data-[highlighted]:bg-hover data-[disabled]:opacity-50 [&_svg]:size-4 [&_svg]:text-muted'

export function MenuPanel({ items, align = 'end', isOpenedByKey, opener, openerId, onOpenChange }: MenuPanelProps) {
  const chosen = useRef<() => void>(undefined)
  const isNew = useRef(true)
  const focusFirst = ({ target, currentTarget }: FocusEvent<HTMLElement>) => {
    if (target !== currentTarget || !isNew.current) return
    isNew.current = false
    currentTarget.querySelector<HTMLElement>('[role=menuitem]:not([data-disabled])')?.focus()
  }
  const closed = (event: Event) => {
    giveFocusBack(event, opener)
    // After the focus is back: a dialog opened by the item then returns the focus to the menu's opener.
    chosen.current?.()
  }
  return (
    <Radix.Root open onOpenChange={onOpenChange} modal>
      <Radix.Anchor virtualRef={opener} />
      <Radix.Portal>
        <Radix.Content
          aria-labelledby={openerId}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onFocus={isOpenedByKey ? focusFirst : undefined}
          onCloseAutoFocus={closed}
          className="z-50 max-h-(--radix-popper-available-height) min-w-44 animate-appear overflow-y-auto rounded-lg bg-raised p-1 shadow-float"
        >
          {items.map((item, index) => {
            if (item === 'separator') return <Radix.Separator key={index} className="my-1 h-px bg-line" />
            const Icon = item.icon
            const inside = (
              <>
                {Icon && <Icon aria-hidden />}
                {item.label}
              </>
            )
            if (item.href !== undefined)
              return (
                <Radix.Item key={item.label} asChild className={itemStyle}>
                  <Link href={item.href}>{inside}</Link>
                </Radix.Item>
              )
            return (
              <Radix.Item
                key={item.label}
                disabled={item.disabled}
                onSelect={() => (chosen.current = item.onSelect)}
                className={cn(itemStyle, item.danger && 'text-bad data-[highlighted]:bg-bad-subtle [&_svg]:text-bad')}
              >
                {inside}
              </Radix.Item>
            )
          })}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
