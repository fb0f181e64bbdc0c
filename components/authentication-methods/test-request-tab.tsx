'use client'

import { completeRule, phaseOf, withPhase } from '@/components/authentication-methods/method-draft'
import { StatusesField } from '@/components/authentication-methods/statuses-field'
import type { SetupTabProps } from '@/components/authentication-methods/urls-tab'
import { carriersOf } from '@/components/authentication-methods/carriers'
import { ParameterTable } from '@/components/parameters/parameter-table'
import { SelectField } from '@/components/forms/select-field'
import { TemplateField } from '@/components/forms/template-field'
import { TextField } from '@/components/forms/text-field'
import { httpMethods, type HttpMethod } from '@/lib/domain/vocabulary'

/** *Test request*: a harmless request that tells whether credentials are accepted. */
export function TestRequestTab({ type, draft, onChange, errors, canChange, ...template }: SetupTabProps) {
  const verify = phaseOf(draft, 'verify')
  const rule = completeRule(verify.successRule ?? {})
  const changeRule = (change: Partial<typeof rule>) => onChange(withPhase(draft, 'verify', { successRule: { ...rule, ...change } }))
  const testOnly = carriersOf(type, 'header').filter(({ label }) => label === 'Test request only')
  return (
    <div className="grid gap-6">
      <p className="max-w-prose text-muted">
        A request that changes nothing at the third party, such as “who am I”. It decides whether an instance&apos;s credentials are accepted. Without one,
        instances can only be saved as not verified.
      </p>
      <div className="grid max-w-3xl gap-5 sm:grid-cols-[9rem_1fr]">
        <SelectField
          name="phases.verify.httpMethod"
          label="Method"
          value={verify.httpMethod ?? 'GET'}
          disabled={!canChange}
          onChange={(event) => onChange(withPhase(draft, 'verify', { httpMethod: event.target.value as HttpMethod }))}
          options={httpMethods.map((method) => ({ value: method, label: method }))}
        />
        <TemplateField
          name="phases.verify.url"
          label="Test URL"
          help="Whole, or relative to the connector's base URL: /me"
          maxLength={2048}
          readOnly={!canChange}
          value={verify.url ?? ''}
          onValueChange={(url) => onChange(withPhase(draft, 'verify', { url }))}
          error={errors['phases.verify.url']}
          {...template}
        />
      </div>
      <section className="grid gap-2">
        <h3 className="font-medium">Headers of the test request</h3>
        <ParameterTable
          place="header"
          rows={draft.parameters}
          visible={(row) => row.phases.length === 1 && row.phases[0] === 'verify'}
          onChange={(parameters) => onChange({ ...draft, parameters })}
          carriers={testOnly}
          optionalHelp="An optional header is left out while its variables have no value."
          errors={errors}
          canChange={canChange}
          {...template}
        />
      </section>
      <section className="grid max-w-3xl gap-5 sm:grid-cols-2">
        <h3 className="font-medium sm:col-span-2">What the answer means</h3>
        <StatusesField
          name="phases.verify.successRule.statuses"
          label="Expected status"
          help="Empty: any from 200 to 299. Several with commas."
          value={rule.statuses}
          onValueChange={(statuses) => changeRule({ statuses })}
          error={errors['phases.verify.successRule.statuses']}
          disabled={!canChange}
        />
        <StatusesField
          name="phases.verify.successRule.rejectedStatuses"
          label="Rejected status"
          help="401 and 403 always mean rejected; add others here."
          value={rule.rejectedStatuses}
          onValueChange={(rejectedStatuses) => changeRule({ rejectedStatuses })}
          error={errors['phases.verify.successRule.rejectedStatuses']}
          disabled={!canChange}
        />
        <TextField
          name="phases.verify.successRule.jsonPath"
          label="JSON path that must exist"
          help="Optional, for APIs that answer 200 to wrong credentials: $.user.id"
          value={rule.jsonPath}
          maxLength={512}
          mono
          readOnly={!canChange}
          onChange={(event) => changeRule({ jsonPath: event.target.value })}
          error={errors['phases.verify.successRule.jsonPath']}
        />
      </section>
    </div>
  )
}
