'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef, type ReactNode } from 'react'
import { NextStep } from '@/components/connectors/next-step'

type BuilderStepProps = { connectorId: string; hasNext: boolean; children: ReactNode }

/** One section of the builder. *Next step* leads to the top of the next one. */
export function BuilderStep({ connectorId, hasNext, children }: BuilderStepProps) {
  const pathname = usePathname()
  const top = useRef<HTMLDivElement>(null)
  const isLed = useRef(false)
  useEffect(() => {
    if (isLed.current) top.current?.focus({ preventScroll: true })
    isLed.current = false
  }, [pathname])
  return (
    <>
      <div ref={top} tabIndex={-1} className="outline-none">
        {children}
      </div>
      {hasNext && <NextStep connectorId={connectorId} onGo={() => (isLed.current = true)} />}
    </>
  )
}
