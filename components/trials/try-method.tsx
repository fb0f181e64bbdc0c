'use client'

import { useState } from 'react'
import { SelectField } from '@/components/forms/select-field'
import { ChooseCredentials } from '@/components/trials/choose-credentials'
import { TrialOffer } from '@/components/trials/trial-offer'
import { TrialResult } from '@/components/trials/trial-result'
import { TrialSheet, type TrialPanel } from '@/components/trials/trial-sheet'
import { useCredentialsChoice } from '@/components/trials/use-credentials-choice'
import { useSend } from '@/components/trials/use-send'

type TryMethodProps = {
  panel: TrialPanel
  method: { id: string; name: string }
  /** Its test requests. */
  steps: number
  canChange: boolean
  /** Unsaved changes are saved before the request is sent. */
  dirty: boolean
  onSave: () => Promise<boolean>
}

/** *Try it* at an authentication method: sends its test request with an instance, or with values typed for it only. */
export function TryMethod({ panel, method, steps, canChange, dirty, onSave }: TryMethodProps) {
  const { open } = panel
  const [step, setStep] = useState(0)
  const trial = useSend()
  const subject = { kind: 'method' as const, methodId: method.id }
  const choice = useCredentialsChoice({ subject, open, canChange, onChange: trial.changed })
  const { chosen, offered } = choice
  const send = () => chosen && trial.send(chosen, { kind: 'test_request', step }, dirty ? onSave : undefined)
  return (
    <TrialSheet
      name={method.name}
      panel={panel}
      ready={chosen !== null}
      sending={trial.sending}
      sendLabel={dirty ? 'Save and send' : 'Send'}
      onSend={send}
    >
      <TrialOffer
        offered={offered}
        emptyText="Add an instance of this method first. It has to be authorised at the third party."
      >
        {({ instances, methods }) => (
          <ChooseCredentials choice={choice} instances={instances} methods={methods} errors={trial.errors} />
        )}
      </TrialOffer>
      {steps > 1 && (
        <SelectField
          name="trial-step"
          label="Request"
          value={String(step)}
          onChange={(event) => (setStep(Number(event.target.value)), trial.changed())}
          options={Array.from({ length: steps }, (_, index) => ({
            value: String(index),
            label: `Test request ${index + 1}`,
          }))}
        />
      )}
      <TrialResult trial={trial} />
    </TrialSheet>
  )
}
