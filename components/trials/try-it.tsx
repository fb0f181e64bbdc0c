'use client'

import { FlaskConical } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { TrialPanel } from '@/components/trials/trial-sheet'
import { Button } from '@/components/ui/button'
import { lazyPart } from '@/components/ui/lazy-part'
import { useOpener } from '@/components/ui/overlays/use-opener'
import { useWantedPart } from '@/components/ui/use-open-part'

const trialsPart = lazyPart(() => import('@/components/trials/trials'))

type TryItProps = {
  /** What opens: one of the trials. */
  children: (trials: typeof import('@/components/trials/trials'), panel: TrialPanel) => ReactNode
}

/** *Try it*: the button. What was chosen and received stays when its panel is closed. */
export function TryIt({ children }: TryItProps) {
  const [open, setOpen] = useState(false)
  const [wasOpened, setWasOpened] = useState(false)
  const show = (next: boolean) => {
    setOpen(next)
    setWasOpened(true)
  }
  const button = (
    <Button size="sm">
      <FlaskConical aria-hidden />
      Try it
    </Button>
  )
  const trials = useWantedPart(trialsPart, open, undefined, () => show(false))
  const { rendered, opener } = useOpener(button, 'dialog', { isOpen: open, isReady: trials !== null }, show)
  return (
    <>
      {rendered}
      {wasOpened && trials && children(trials, { open, onOpenChange: show, opener })}
    </>
  )
}
