'use client'

import { useEffect, useState } from 'react'
import { EndpointPicker } from '@/components/connection-shape/endpoint-picker'
import { useAction } from '@/components/forms/use-action'
import { EnteredValues } from '@/components/trials/entered-values'
import { TrialResult } from '@/components/trials/trial-result'
import { TrialSheet, type TrialPanel } from '@/components/trials/trial-sheet'
import { useEntered } from '@/components/trials/use-entered'
import { useSend, type SentWith } from '@/components/trials/use-send'
import { Alert } from '@/components/ui/alert'
import { Spinner } from '@/components/ui/spinner'
import type { OfferedEndpoints } from '@/lib/enablement/views'
import { offeredEndpointsAction } from '@/lib/flows/shape-actions'
import type { InstanceOption } from '@/lib/flows/shape-views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'
import type { EndpointTrial } from '@/lib/trials/schema'

/** *Try it* at an instance: one of the endpoints that accept it (rule R1), with the saved credentials. */
export function TryInstance({ panel, instance }: { panel: TrialPanel; instance: InstanceOption }) {
  const { open } = panel
  const [listOffered] = useAction(offeredEndpointsAction, unansweredResult)
  const [offered, setOffered] = useState<OfferedEndpoints | { refusal: string } | null>(null)
  const [endpointId, setEndpointId] = useState<string | null>(null)
  const trial = useSend()
  const entered = useEntered(endpointId, open, trial.changed)
  useEffect(() => {
    if (!open) return
    const load = async () => {
      const answer = await listOffered({ instanceId: instance.id, search: '', after: null })
      setOffered(answer.ok ? answer.value : { refusal: answer.error.message })
    }
    void load()
  }, [listOffered, instance.id, open])
  const sentWith: SentWith = {
    credentials: { kind: 'instance', instanceId: instance.id },
    instance,
    method: null,
  }
  const send = (page: EndpointTrial['page'] = null) =>
    entered.request && trial.send(sentWith, { ...entered.request, page })
  const problem = offered && 'refusal' in offered ? offered.refusal : entered.refusal
  return (
    <TrialSheet
      name={instance.name}
      panel={panel}
      ready={entered.request !== null}
      sending={trial.sending}
      onSend={() => send()}
    >
      {offered === null && <Spinner label="Loading" />}
      {problem !== '' && <Alert tone="bad">{problem}</Alert>}
      {offered && 'items' in offered && (
        <EndpointPicker
          instanceId={instance.id}
          offered={offered}
          chosen={entered.endpoint}
          onChoose={({ id }) => (setEndpointId(id), trial.changed())}
          disabled={false}
        />
      )}
      <EnteredValues entered={entered} errors={trial.errors} />
      <TrialResult trial={trial} onSendPage={send} />
    </TrialSheet>
  )
}
