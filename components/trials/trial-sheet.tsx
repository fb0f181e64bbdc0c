'use client'

import { Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import type { Opener } from '@/components/ui/overlays/use-opener'
import { Sheet } from '@/components/ui/sheet'

/** The panel as the button opens it. */
export type TrialPanel = { open: boolean; onOpenChange: (open: boolean) => void; opener: Opener }

type TrialSheetProps = {
  /** The name of what is tried. */
  name: string
  panel: TrialPanel
  /** Whether everything necessary has been chosen. */
  ready: boolean
  sending: boolean
  sendLabel?: string
  onSend: () => void
  children: ReactNode
}

/** The panel of *Try it*, which sends a real request. */
export function TrialSheet({ name, panel, ready, sending, sendLabel = 'Send', onSend, children }: TrialSheetProps) {
  return (
    <Sheet
      title={`Try ${name}`}
      {...panel}
      className="w-[min(40rem,calc(100vw-1rem))]!"
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
