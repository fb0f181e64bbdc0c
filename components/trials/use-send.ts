'use client'

import { useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import type { ExchangeReport } from '@/lib/calls/exchange-report'
import { refuse } from '@/lib/domain/result'
import { tryWithInstanceAction, tryWithTypedValuesAction } from '@/lib/trials/actions'
import type { TrialRequest } from '@/lib/trials/schema'

/** With what a request is tried. */
export type TrialCredentials =
  { kind: 'instance'; instanceId: string } | { kind: 'typed'; methodId: string; credentials: Record<string, string> }

type Result = { report: ExchangeReport } | { refusal: string } | null

const unansweredTrial = (
  said = 'The server could not be reached, or failed. Activity shows whether the request was sent.',
) => refuse('unexpected', said)

/** Sends a trial and keeps its result, which is outdated as soon as anything that it was sent with changes. */
export function useSend() {
  const [sendWithInstance, sendingInstance] = useAction(tryWithInstanceAction, unansweredTrial)
  const [sendTyped, sendingTyped] = useAction(tryWithTypedValuesAction, unansweredTrial)
  const [result, setResult] = useState<Result>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [outdated, setOutdated] = useState(false)
  const sending = sendingInstance || sendingTyped
  return {
    result,
    errors,
    sending,
    outdated: outdated || sending,
    changed: () => setOutdated(true),
    send: async (credentials: TrialCredentials, request: TrialRequest) => {
      const answer =
        credentials.kind === 'instance'
          ? await sendWithInstance({ instanceId: credentials.instanceId, request })
          : await sendTyped({ methodId: credentials.methodId, credentials: credentials.credentials, request })
      setOutdated(false)
      setErrors(!answer.ok && answer.error.field ? { [answer.error.field]: answer.error.message } : {})
      setResult(answer.ok ? { report: answer.value } : { refusal: answer.error.message })
    },
  }
}
