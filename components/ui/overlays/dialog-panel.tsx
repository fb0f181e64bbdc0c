'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { useTypedIn } from '@/components/ui/use-typed-in'
import { giveFocusBack } from './give-focus-back'
import type { Opener } from './use-opener'

export type DialogContent = {
  title: string
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the primary one last. */
  footer?: ReactNode
  size?: 'sm' | 'md' | 'lg' | 'xl'
  /** Closing asks for confirmation when something was typed in a form of the dialog. */
  asksBeforeClosing?: boolean
}

type DialogPanelProps = DialogContent & {
  /** Receives the focus on closing. Default: the element that had the focus before. */
  opener?: Opener
  onOpenChange: (open: boolean) => void
}

const widths = { sm: 'sm:max-w-sm', md: 'sm:max-w-lg', lg: 'sm:max-w-2xl', xl: 'sm:max-w-4xl' }

/** Focuses the first field, otherwise the dialog itself: a focused button would show its tooltip. */
function focusWithin(event: Event) {
  const content = event.currentTarget as HTMLElement
  if (content.querySelector('input:not([type=hidden]), select, textarea')) return
  event.preventDefault()
  content.focus()
}

export function DialogPanel({
  title,
  description,
  children,
  footer,
  size = 'md',
  asksBeforeClosing = true,
  opener,
  onOpenChange,
}: DialogPanelProps) {
  const { content, isTyped } = useTypedIn()
  const [asking, setAsking] = useState(false)
  const before = useRef<HTMLElement | null>(null)
  // A layout effect, because it runs before a field of the dialog takes the focus.
  useLayoutEffect(() => {
    if (document.activeElement instanceof HTMLElement) before.current = document.activeElement
  }, [])
  return (
    <Radix.Root
      open
      onOpenChange={(open) => (!open && asksBeforeClosing && isTyped() ? setAsking(true) : onOpenChange(open))}
    >
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-overlay" />
        <Radix.Content
          ref={content}
          tabIndex={-1}
          onOpenAutoFocus={focusWithin}
          onCloseAutoFocus={(event) => giveFocusBack(event, opener ?? before)}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cn(
            'fixed inset-x-3 top-[max(1rem,10vh)] z-50 mx-auto flex max-h-[80vh] animate-rise flex-col rounded-xl bg-raised shadow-float focus:outline-none',
            widths[size],
          )}
        >
          <div className="px-5 pt-4 pr-14">
            <Radix.Title className="text-lg font-semibold break-words">{title}</Radix.Title>
            {description && (
              <Radix.Description asChild>
                <div className="mt-1 text-muted">{description}</div>
              </Radix.Description>
            )}
          </div>
          <div className="min-h-0 grow scroll-pt-4 overflow-y-auto px-5 py-4 empty:py-2 has-data-form-actions:scroll-pb-20">
            {children}
          </div>
          {footer && <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</div>}
          {/* Last in the document, so that a field of the dialog receives the focus first. */}
          <Radix.Close
            aria-label="Close"
            className="absolute top-3.5 right-3.5 grid size-7 place-items-center rounded-md text-muted hover:bg-hover hover:text-foreground"
          >
            <X aria-hidden className="size-4" />
          </Radix.Close>
          {asking && <DiscardQuestion onStay={() => setAsking(false)} onDiscard={() => onOpenChange(false)} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function DiscardQuestion({ onStay, onDiscard }: { onStay: () => void; onDiscard: () => void }) {
  return (
    <DialogPanel
      title="Discard what you typed?"
      description="It has not been saved."
      size="sm"
      asksBeforeClosing={false}
      onOpenChange={onStay}
      footer={
        <>
          <Button onClick={onStay}>Keep editing</Button>
          <Button variant="danger" onClick={onDiscard}>
            Discard
          </Button>
        </>
      }
    />
  )
}
