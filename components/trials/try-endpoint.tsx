'use client'

import { ChooseCredentials } from '@/components/trials/choose-credentials'
import { EnteredValues } from '@/components/trials/entered-values'
import { TrialOffer } from '@/components/trials/trial-offer'
import { TrialResult } from '@/components/trials/trial-result'
import { TrialSheet, type TrialPanel } from '@/components/trials/trial-sheet'
import { UseAsDataPath } from '@/components/trials/use-as-data-path'
import { UseAsTestRequest } from '@/components/trials/use-as-test-request'
import { useCredentialsChoice } from '@/components/trials/use-credentials-choice'
import { useEntered } from '@/components/trials/use-entered'
import { useSend } from '@/components/trials/use-send'
import type { EndpointTrial } from '@/lib/trials/schema'

type TryEndpointProps = {
  panel: TrialPanel
  endpoint: { id: string; name: string; connectorId: string }
  canChange: boolean
  /** Unsaved changes are saved before the request is sent. */
  dirty: boolean
  onSave: () => Promise<boolean>
  dataPath: string
  onDataPath: (path: string) => void
}

/** *Try it* at an endpoint: with an instance that it accepts (rule R1), or with values typed for this request only. */
export function TryEndpoint({ panel, endpoint, canChange, dirty, onSave, dataPath, onDataPath }: TryEndpointProps) {
  const { open } = panel
  const trial = useSend()
  const subject = { kind: 'endpoint' as const, endpointId: endpoint.id }
  const choice = useCredentialsChoice({ subject, open, canChange, onChange: trial.changed })
  const entered = useEntered(endpoint.id, open, trial.changed)
  const { chosen, offered } = choice
  const { result } = trial
  const send = (page: EndpointTrial['page'] = null) =>
    chosen && entered.request && trial.send(chosen, { ...entered.request, page }, dirty ? onSave : undefined)
  return (
    <TrialSheet
      name={endpoint.name}
      panel={panel}
      ready={chosen !== null && entered.request !== null}
      sending={trial.sending}
      sendLabel={dirty ? 'Save and send' : 'Send'}
      onSend={() => send()}
    >
      <TrialOffer
        offered={offered}
        refusal={entered.refusal}
        emptyText="No instance can call this endpoint yet. Switch on an authentication method on the Authentication tab, then add an instance."
      >
        {({ instances, methods }) => (
          <>
            <ChooseCredentials choice={choice} instances={instances} methods={methods} errors={trial.errors} />
            <EnteredValues entered={entered} errors={trial.errors} />
          </>
        )}
      </TrialOffer>
      <TrialResult trial={trial} onSendPage={send}>
        {result && 'report' in result && canChange && result.report.response.status < 300 && (
          <>
            {result.report.response.isJson && (
              <UseAsDataPath body={result.report.response.body} dataPath={dataPath} onUse={onDataPath} />
            )}
            {entered.endpoint?.testUrl && result.sentWith.method && (
              <UseAsTestRequest endpoint={endpoint} method={result.sentWith.method} />
            )}
          </>
        )}
      </TrialResult>
    </TrialSheet>
  )
}
