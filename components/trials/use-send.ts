'use client'

import { useRef, useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import type { ExchangeReport } from '@/lib/calls/exchange-report'
import { refuse } from '@/lib/domain/result'
import type { InstanceOption } from '@/lib/flows/shape-views'
import { tryWithInstanceAction, tryWithTypedValuesAction } from '@/lib/trials/actions'
import type { TrialRequest } from '@/lib/trials/schema'

/** The credentials that a request is tried with. */
export type TrialCredentials =
  { kind: 'instance'; instanceId: string } | { kind: 'typed'; methodId: string; credentials: Record<string, string> }

/** What a request is sent with. The result refers to these values, whatever has been chosen by the time it arrives. */
export type SentWith = {
  credentials: TrialCredentials
  /** Null for typed values. */
  instance: InstanceOption | null
  method: { id: string; name: string } | null
}

type Result = { report: ExchangeReport; sentWith: SentWith; request: TrialRequest } | { refusal: string } | null

const unansweredTrial = (
  said = 'The server could not be reached, or failed. Activity shows whether the request was sent.',
) => refuse('unexpected', said)

/** Sends a trial and stores its result, which is outdated as soon as any of the values change. */
export function useSend() {
  const [sendWithInstance, sendingInstance] = useAction(tryWithInstanceAction, unansweredTrial)
  const [sendTyped, sendingTyped] = useAction(tryWithTypedValuesAction, unansweredTrial)
  const [result, setResult] = useState<Result>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [outdated, setOutdated] = useState(false)
  const [saving, setSaving] = useState(false)
  /** Counts changes, because a value can change while the request is being sent. */
  const version = useRef(0)
  const sending = saving || sendingInstance || sendingTyped

  /** @param save saves what has to be saved first; if it fails, the request is not sent */
  const send = async (sentWith: SentWith, request: TrialRequest, save?: () => Promise<boolean>) => {
    const asOf = version.current
    if (save) {
      setSaving(true)
      const saved = await save()
      setSaving(false)
      if (!saved) return
    }
    const { credentials } = sentWith
    const answer =
      credentials.kind === 'instance'
        ? await sendWithInstance({ instanceId: credentials.instanceId, request })
        : await sendTyped({ methodId: credentials.methodId, credentials: credentials.credentials, request })
    setOutdated(version.current !== asOf)
    setErrors(!answer.ok && answer.error.field ? { [answer.error.field]: answer.error.message } : {})
    setResult(answer.ok ? { report: answer.value, sentWith, request } : { refusal: answer.error.message })
  }
  const changed = () => {
    version.current += 1
    setOutdated(true)
  }
  return { result, errors, sending, outdated: outdated || sending, changed, send }
}
