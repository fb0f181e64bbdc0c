'use client'

import { Popover as Radix } from 'radix-ui'
import { useRef, type ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { giveFocusBack } from './give-focus-back'
import type { Opener } from './use-opener'

export type PopoverContent = {
  /** Accessible name of the popover. */
  label: string
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  className?: string
}

type PopoverPanelProps = PopoverContent & { id?: string; opener: Opener; onOpenChange: (open: boolean) => void }

export function PopoverPanel({
  id,
  label,
  children,
  align = 'start',
  className,
  opener,
  onOpenChange,
}: PopoverPanelProps) {
  const isLeft = useRef(false)
  return (
    <Radix.Root open onOpenChange={onOpenChange}>
      <Radix.Anchor virtualRef={opener} />
      <Radix.Portal>
        <Radix.Content
          id={id}
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onInteractOutside={(event) => {
            // Pressing the opener already closes the popover.
            if (opener.current?.contains(event.target as Node)) event.preventDefault()
            else isLeft.current = true
          }}
          // After a click elsewhere, the focus stays on the clicked element.
          onCloseAutoFocus={(event) => (isLeft.current ? event.preventDefault() : giveFocusBack(event, opener))}
          className={cn(
            'z-50 max-w-[calc(100vw-1rem)] animate-appear rounded-lg bg-raised shadow-float focus:outline-none',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
