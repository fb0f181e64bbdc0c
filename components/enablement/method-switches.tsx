'use client'

import { useState } from 'react'
import { MethodSwitchRow } from '@/components/enablement/method-switch-row'
import { StrandedFlows } from '@/components/enablement/stranded-flows'
import { useAction } from '@/components/forms/use-action'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { ButtonLink } from '@/components/ui/button-link'
import { refuse } from '@/lib/domain/result'
import { setEnablementAction } from '@/lib/enablement/actions'
import type { MethodSwitch, StrandedFlow } from '@/lib/enablement/views'

type MethodSwitchesProps = {
  connectorId: string
  endpointId: string
  endpointName: string
  switches: MethodSwitch[]
  canChange: boolean
}

type Question = { method: MethodSwitch; flows: StrandedFlow[] }

const unanswered = (said = 'The server could not be reached, so nothing was changed. Try again.') =>
  refuse('unexpected', said)

/**
 * One switch per method of the connector; each takes effect immediately, and asks only if it would strand a flow (rule
 * R3).
 */
export function MethodSwitches({ connectorId, endpointId, endpointName, switches, canChange }: MethodSwitchesProps) {
  const [setEnablement] = useAction(setEnablementAction, unanswered)
  const [enabled, setEnabled] = useState(() => new Map(switches.map((method) => [method.methodId, method.enabled])))
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set())
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map())
  const [question, setQuestion] = useState<Question | null>(null)

  const show = (id: string, on: boolean) => setEnabled((before) => new Map(before).set(id, on))
  const fail = (id: string, message: string) => setErrors((before) => new Map(before).set(id, message))

  /** Returns why it was refused; null if it was done, or if the person has to confirm it. */
  const toggle = async (method: MethodSwitch, on: boolean, confirmStranding = false): Promise<string | void> => {
    const { methodId } = method
    show(methodId, on)
    fail(methodId, '')
    setPending((before) => new Set(before).add(methodId))
    const answer = await setEnablement({ endpointId, methodId, enabled: on, confirmStranding })
    setPending((before) => new Set([...before].filter((id) => id !== methodId)))
    if (answer.ok) return
    show(methodId, !on)
    if (answer.error.code === 'confirmation_needed')
      return setQuestion({ method, flows: answer.error.strandedFlows ?? [] })
    fail(methodId, answer.error.message)
    return answer.error.message
  }

  if (switches.length === 0) {
    return (
      <EmptyState
        title="No authentication methods yet"
        actions={<ButtonLink href={`/connectors/${connectorId}/authentication`}>Go to Authentication</ButtonLink>}
      >
        Each authentication method of the connector gets a switch here. The switch says whether this endpoint accepts
        the method.
      </EmptyState>
    )
  }
  return (
    <div className="grid max-w-2xl gap-3">
      <p className="text-muted">
        Which authentication methods this endpoint accepts. A switch takes effect at once, in every flow.
      </p>
      <ul className="divide-y rounded-lg border bg-surface">
        {switches.map((method) => (
          <MethodSwitchRow
            key={method.methodId}
            method={method}
            enabled={enabled.get(method.methodId) ?? method.enabled}
            pending={pending.has(method.methodId)}
            error={errors.get(method.methodId) ?? ''}
            canChange={canChange}
            onToggle={(on) => toggle(method, on)}
          />
        ))}
      </ul>
      {!canChange && (
        <p className="text-sm text-muted">
          Your role can view these switches. Managers and administrators can change them.
        </p>
      )}
      <ConfirmDialog
        title={question ? `Switch ${question.method.name} off for ${endpointName}?` : ''}
        confirmLabel="Switch off"
        danger
        open={question !== null}
        onOpenChange={(open) => !open && setQuestion(null)}
        onConfirm={async () => (question ? toggle(question.method, false, true) : undefined)}
      >
        <p>
          These shapes use it. They will show “no longer available for this instance”, and their runs will fail before
          anything is sent.
        </p>
        <StrandedFlows flows={question?.flows ?? []} />
      </ConfirmDialog>
    </div>
  )
}
