'use client'

import { useEffect } from 'react'
import { toast, Toaster as Sonner } from 'sonner'
import { showMessages } from '@/components/ui/toast'

/** So that a message does not cover the save bar. @see useSaveBar */
const aboveSaveBar = 'calc(var(--above-save-bar, 0px) + 1rem)'

/** Renders the messages from `toast`. */
export function ToastMessages() {
  useEffect(() => showMessages(({ kind, text, options }) => toast[kind](text, options)), [])
  return (
    <Sonner
      position="bottom-right"
      closeButton
      offset={{ bottom: aboveSaveBar }}
      mobileOffset={{ bottom: aboveSaveBar }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-(--width) font-sans items-start gap-2.5 rounded-lg bg-raised px-3.5 py-3 text-base text-foreground shadow-float',
          icon: 'mt-0.75 shrink-0 [&_svg]:size-4',
          success: '[&_[data-icon]]:text-ok',
          error: '[&_[data-icon]]:text-bad',
          warning: '[&_[data-icon]]:text-warn',
          description: 'text-sm text-muted',
          content: 'min-w-0 grow break-words',
          closeButton: 'order-last grid size-6 shrink-0 place-items-center rounded-sm text-muted hover:bg-hover',
          actionButton: 'shrink-0 font-medium text-accent-text hover:underline',
        },
      }}
    />
  )
}
