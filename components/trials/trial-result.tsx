'use client'

import type { ReactNode } from 'react'
import { RunReport } from '@/components/connection-shape/run-report'
import type { useSend } from '@/components/trials/use-send'
import { Alert } from '@/components/ui/alert'

type TrialResultProps = {
  trial: Pick<ReturnType<typeof useSend>, 'result' | 'outdated'>
  /** Actions for the response, shown above it. */
  children?: ReactNode
}

/** The request as it was sent and its response, or why nothing was sent. */
export function TrialResult({ trial: { result, outdated }, children }: TrialResultProps) {
  if (result === null) return null
  if ('refusal' in result)
    return (
      <Alert tone="bad" title="The request failed">
        {result.refusal}
      </Alert>
    )
  return (
    <>
      {!outdated && children}
      <RunReport report={result.report} outdated={outdated} instance={result.sentWith.instance} />
    </>
  )
}
