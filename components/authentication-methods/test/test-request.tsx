'use client'

import { BoundSelect } from '@/components/authentication-methods/fields/bound-select'
import { BoundTemplate } from '@/components/authentication-methods/fields/bound-template'
import { MoreSettings } from '@/components/authentication-methods/fields/more-settings'
import { SuccessRuleFields } from '@/components/authentication-methods/fields/success-rule-fields'
import { phaseOf } from '@/components/authentication-methods/method-draft'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { phaseField } from '@/lib/domain/method-options/phase-field'
import { bodyFormats, httpMethods } from '@/lib/domain/vocabulary'

const methodChoices = Object.fromEntries(httpMethods.map((method) => [method, method]))

/** One test request and what its response means. */
export function TestRequest({ step }: { step: number }) {
  const { draft } = useSetup()
  const field = phaseField({ kind: 'verify', step })
  const { body, bodyFormat } = phaseOf(draft, 'verify', step)
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-[9rem_1fr]">
        <BoundSelect
          name={`${field}.httpMethod`}
          label={step === 0 ? 'Method' : `Method of request ${step + 1}`}
          choices={methodChoices}
        />
        <BoundTemplate
          name={`${field}.url`}
          label={step === 0 ? 'Test URL' : `URL of test request ${step + 1}`}
          help="Absolute, or relative to the base URL, e.g. /me"
          maxLength={2048}
        />
      </div>
      <MoreSettings
        label="Body"
        summary={body ? (bodyFormat ? bodyFormats[bodyFormat] : 'No body') : ''}
        fields={[`${field}.bodyFormat`, `${field}.body`]}
      >
        <BoundSelect
          className="max-w-48"
          name={`${field}.bodyFormat`}
          label="Body format"
          choices={bodyFormats}
          inherited="No body"
        />
        <BoundTemplate name={`${field}.body`} label="Whole body" multiline minRows={3} maxLength={65_536} />
      </MoreSettings>
      <SuccessRuleFields field={field} />
    </>
  )
}
