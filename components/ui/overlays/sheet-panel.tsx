'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { giveFocusBack } from './give-focus-back'
import type { Opener } from './use-opener'

export type SheetContent = {
  title: string
  children: ReactNode
  footer?: ReactNode
  side?: 'left' | 'right'
  className?: string
}

type SheetPanelProps = SheetContent & { opener: Opener; onOpenChange: (open: boolean) => void }

export function SheetPanel({
  title,
  children,
  footer,
  side = 'right',
  className,
  opener,
  onOpenChange,
}: SheetPanelProps) {
  return (
    <Radix.Root open onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => giveFocusBack(event, opener)}
          className={cn(
            'fixed inset-y-0 z-50 flex w-[min(26rem,calc(100vw-2.5rem))] animate-appear flex-col bg-raised shadow-float focus:outline-none',
            side === 'left' ? 'left-0' : 'right-0',
            className,
          )}
        >
          <div className="flex items-center gap-3 border-b px-4 py-3">
            <Radix.Title className="grow truncate text-lg font-semibold">{title}</Radix.Title>
            <Radix.Close
              aria-label="Close"
              className="grid size-7 place-items-center rounded-md text-muted hover:bg-hover hover:text-foreground"
            >
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </div>
          <div className="min-h-0 grow overflow-y-auto p-4">{children}</div>
          {footer && <div className="flex justify-end gap-2 border-t px-4 py-3">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
