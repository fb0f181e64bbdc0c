'use client'

import { FlaskConical, Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'

type TrialSheetProps = {
  /** What is tried. */
  name: string
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Something has to be chosen first. */
  ready: boolean
  sending: boolean
  sendLabel?: string
  onSend: () => void
  children: ReactNode
}

/** *Try it*: the button, and the panel that sends a real request. */
export function TrialSheet({
  name,
  open,
  onOpenChange,
  ready,
  sending,
  sendLabel = 'Send',
  onSend,
  children,
}: TrialSheetProps) {
  return (
    <Sheet
      title={`Try ${name}`}
      open={open}
      onOpenChange={onOpenChange}
      className="w-[min(40rem,calc(100vw-1rem))]!"
      trigger={
        <Button size="sm">
          <FlaskConical aria-hidden />
          Try it
        </Button>
      }
      footer={
        <Button variant="primary" disabled={!ready} pending={sending} onClick={onSend}>
          <Play aria-hidden />
          {sendLabel}
        </Button>
      }
    >
      <div className="grid gap-5">{children}</div>
    </Sheet>
  )
}
