'use client'

import { Plus } from 'lucide-react'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'
import { isTestOnly, testCarriers } from '@/components/authentication-methods/carriers'
import { MethodParameters } from '@/components/authentication-methods/method-parameters'
import { addStep, mostSteps, moveStep, removeStep, stepsOf } from '@/components/authentication-methods/phase-steps'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { TestRequest } from '@/components/authentication-methods/test/test-request'
import { UseAnEndpoint } from '@/components/authentication-methods/test/use-an-endpoint'
import { StepFrame } from '@/components/authentication-methods/urls/step-frame'
import { Button } from '@/components/ui/button'
import type { TestEndpoint } from '@/lib/authentication-methods/views'

/** *Test request*: harmless requests that show whether credentials are accepted. */
export function TestRequestTab({ endpoints }: { endpoints: readonly TestEndpoint[] }) {
  const { draft, onChange, canChange } = useSetup()
  const steps = stepsOf(draft, 'verify')
  const name = (step: number) => (steps.length === 1 ? 'Test request' : `Test request ${step + 1}`)
  return (
    <div className="grid max-w-3xl gap-6">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <p className="max-w-prose min-w-0 flex-1 basis-80 text-muted">
          A request that changes nothing at the third party, such as “who am I”. It decides whether an instance&apos;s
          credentials are accepted. Without one, instances can only be saved as not verified.
        </p>
        {canChange && endpoints.length > 0 && <UseAnEndpoint endpoints={endpoints} />}
      </div>
      {steps.map(({ step }) => (
        <StepFrame
          key={step}
          name={name(step)}
          numbered={steps.length > 1}
          canChange={canChange}
          onRemove={() => onChange(removeStep(draft, 'verify', step))}
          onMoveUp={step > 0 ? () => onChange(moveStep(draft, 'verify', step, step - 1)) : undefined}
          onMoveDown={step < steps.length - 1 ? () => onChange(moveStep(draft, 'verify', step, step + 1)) : undefined}
        >
          <TestRequest step={step} />
        </StepFrame>
      ))}
      {canChange && steps.length < (mostSteps.verify ?? 1) && (
        <div>
          <Button size="sm" onClick={() => onChange(addStep(draft, 'verify'))}>
            <Plus aria-hidden className="size-4" />
            Add test request
          </Button>
        </div>
      )}
      <SetupSection
        title="Headers of the test request"
        help="Sent only with the test request. Headers for all requests are on the Headers tab."
      >
        <MethodParameters
          place="header"
          carriers={testCarriers((kind) => stepsOf(draft, kind).length)}
          visible={isTestOnly}
        />
      </SetupSection>
    </div>
  )
}
