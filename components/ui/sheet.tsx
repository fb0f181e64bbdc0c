'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

type SheetProps = {
  title: string
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactNode
  footer?: ReactNode
  side?: 'left' | 'right'
  className?: string
}

/** A panel that comes in from the side over the page. */
export function Sheet({ title, trigger, open, onOpenChange, children, footer, side = 'right', className }: SheetProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
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
