'use client'

import { Plus } from 'lucide-react'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'
import { addStep, mostSteps, moveStep, removeStep, stepsOf } from '@/components/authentication-methods/phase-steps'
import { stepName } from '@/components/authentication-methods/phase-words'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { PhaseRequest } from '@/components/authentication-methods/urls/phase-request'
import { StepFrame } from '@/components/authentication-methods/urls/step-frame'
import { Button } from '@/components/ui/button'
import { phaseKinds, type PhaseKind } from '@/lib/domain/vocabulary'

const helps: Partial<Record<PhaseKind, string>> = {
  exchange:
    'One to five requests, sent in order. A later one can use values from an earlier response, as {{ step1.name }}.',
  after_connect:
    'Optional. Up to three requests with the new credentials. Values from their responses are stored with the instance.',
}

/** One phase of the method: its request, or its requests in order. */
export function PhaseSection({ kind }: { kind: PhaseKind }) {
  const { draft, onChange, canChange, definition } = useSetup()
  const steps = stepsOf(draft, kind)
  const most = definition.phases.includes('request_token') && kind === 'exchange' ? 1 : (mostSteps[kind] ?? 1)
  return (
    <SetupSection title={phaseKinds[kind]} help={most > 1 ? helps[kind] : undefined}>
      {steps.map(({ step }) => (
        <StepFrame
          key={step}
          name={stepName(kind, step)}
          numbered={steps.length > 1}
          canChange={canChange}
          onRemove={() => onChange(removeStep(draft, kind, step))}
          onMoveUp={step > 0 ? () => onChange(moveStep(draft, kind, step, step - 1)) : undefined}
          onMoveDown={step < steps.length - 1 ? () => onChange(moveStep(draft, kind, step, step + 1)) : undefined}
        >
          <PhaseRequest kind={kind} step={step} />
        </StepFrame>
      ))}
      {canChange && most > 1 && steps.length < most && (
        <div>
          <Button size="sm" onClick={() => onChange(addStep(draft, kind))}>
            <Plus aria-hidden className="size-4" />
            {kind === 'after_connect' ? 'Add lookup' : 'Add request'}
          </Button>
        </div>
      )}
    </SetupSection>
  )
}
