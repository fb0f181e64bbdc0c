'use client'

import type { ReactNode } from 'react'
import { RunReport } from '@/components/connection-shape/run-report'
import { TryPages } from '@/components/trials/try-pages'
import type { useSend } from '@/components/trials/use-send'
import { Alert } from '@/components/ui/alert'
import type { EndpointTrial } from '@/lib/trials/schema'

/** As many pages as the server compares. */
const mostSeen = 100

type TrialResultProps = {
  trial: Pick<ReturnType<typeof useSend>, 'result' | 'outdated' | 'sending'>
  /** Sends the request of a page, if the endpoint has pages. */
  onSendPage?: (page: EndpointTrial['page']) => void
  /** Actions for the response, shown above it. */
  children?: ReactNode
}

/** The request as it was sent and its response, or why nothing was sent. */
export function TrialResult({ trial: { result, outdated, sending }, onSendPage, children }: TrialResultProps) {
  if (result === null) return null
  if ('refusal' in result)
    return (
      <Alert tone="bad" title="The request failed">
        {result.refusal}
      </Alert>
    )
  const { report, request } = result
  const seen = request.kind === 'endpoint' ? (request.page?.seen ?? []) : []
  return (
    <>
      {report.page && onSendPage && (!outdated || sending) && (
        <TryPages
          page={report.page}
          sending={sending}
          onSendNext={({ position, key }) => onSendPage({ position, seen: [...seen, key].slice(-mostSeen) })}
        />
      )}
      {!outdated && children}
      <RunReport report={report} outdated={outdated} instance={result.sentWith.instance} />
    </>
  )
}
