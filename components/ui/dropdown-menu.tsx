'use client'

import type { LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement } from 'react'
import { cn } from '@/components/ui/cn'

export type MenuItem =
  | { label: string; icon?: LucideIcon; href: string; disabled?: never; danger?: never; onSelect?: never }
  | { label: string; icon?: LucideIcon; onSelect: () => void; disabled?: boolean; danger?: boolean; href?: never }
  | 'separator'

type DropdownMenuProps = { trigger: ReactElement; items: MenuItem[]; align?: 'start' | 'end' }

const itemStyle =
  'flex h-8 w-full cursor-default items-center gap-2 rounded-md px-2 text-base outline-none select-none data-[highlighted]:bg-hover data-[disabled]:opacity-50 [&_svg]:size-4 [&_svg]:text-muted'

export function DropdownMenu({ trigger, items, align = 'end' }: DropdownMenuProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 animate-appear overflow-y-auto rounded-lg bg-raised p-1 shadow-float"
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
                onSelect={item.onSelect}
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
