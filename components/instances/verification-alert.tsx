'use client'

import { useEffect, useRef, type ReactNode } from 'react'
import { verificationOutcomes } from '@/components/instances/verification-outcomes'
import { Alert } from '@/components/ui/alert'
import { verificationSteps } from '@/lib/domain/responses/verification-steps'
import type { VerificationView } from '@/lib/instances/outcomes'

type VerificationAlertProps = {
  report: VerificationView
  /** "Not saved", if a save was refused. */
  refused?: string
  actions?: ReactNode
}

/**
 * The result of a verification: its outcome, the step that decided it, and the reason given by the third party (rule
 * R7).
 */
export function VerificationAlert({ report, refused, actions }: VerificationAlertProps) {
  const { outcome, step, status, message, durationMs } = report
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [report])
  const { tone, words } = verificationOutcomes[outcome]
  const decided = [
    verificationSteps[step],
    status !== null && `status ${status}`,
    `${durationMs.toLocaleString('en-GB')} ms`,
  ].filter(Boolean)
  return (
    <div ref={place} tabIndex={-1} className="rounded-lg focus:outline-2 focus:outline-line-strong">
      <Alert tone={tone} title={refused ? `${words} – ${refused}` : words} actions={actions}>
        <p>{message}</p>
        <p className="tabular">{decided.join(' · ')}</p>
      </Alert>
    </div>
  )
}
