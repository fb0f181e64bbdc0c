'use client'

import { Tabs as Radix } from 'radix-ui'
import { useId, useState, type ReactNode } from 'react'
import { useCurrentInView } from '@/components/ui/use-current-in-view'

type Tab = {
  value: string
  label: string
  badge?: ReactNode
  /** The meaning of the badge in words, used as the tab's description. */
  note?: string
  content: ReactNode
}

type TabsProps = {
  label: string
  tabs: Tab[]
  /** Controls the active tab (see useTabInAddress). Without it the tabs have their own state. */
  value?: string
  onValueChange?: (value: string) => void
}

/**
 * Tabs of one form. Every panel stays mounted, so that typed text survives switching (rule R8) and is submitted with
 * the form from every tab.
 */
export function Tabs({ label, tabs, value, onValueChange }: TabsProps) {
  const id = useId()
  const [own, setOwn] = useState(tabs[0]?.value ?? '')
  const current = value ?? own
  const list = useCurrentInView<HTMLDivElement>('[data-state=active]', current)
  const choose = (next: string) => {
    setOwn(next)
    onValueChange?.(next)
  }
  return (
    <Radix.Root value={current} onValueChange={choose}>
      <Radix.List ref={list} aria-label={label} className="-mb-px flex gap-1 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            aria-describedby={tab.note ? `${id}-${tab.value}` : undefined}
            className="relative flex h-9 shrink-0 items-center gap-1.5 px-2.5 text-base whitespace-nowrap text-muted hover:text-foreground focus-visible:-outline-offset-2 data-[state=active]:font-medium data-[state=active]:text-foreground data-[state=active]:after:absolute data-[state=active]:after:inset-x-2 data-[state=active]:after:bottom-0 data-[state=active]:after:h-0.5 data-[state=active]:after:bg-accent"
          >
            {tab.label}
            {tab.badge}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(
        ({ value, note }) =>
          note && (
            <span key={value} id={`${id}-${value}`} hidden>
              {note}
            </span>
          ),
      )}
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} forceMount className="pt-5 data-[state=inactive]:hidden">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
