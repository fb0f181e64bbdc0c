'use client'

import { httpMethodChoices } from '@/components/endpoints/endpoint-choices'
import type { EndpointDraft } from '@/components/endpoints/endpoint-draft'
import { ParametersOf } from '@/components/endpoints/parameters-of'
import type { EndpointTabProps } from '@/components/endpoints/endpoint-draft'
import { SelectField } from '@/components/forms/select-field'
import { TemplateField } from '@/components/forms/template-field'

/** HTTP method, URL and what is sent in its query. */
export function UrlTab({ baseUrl, ...tab }: EndpointTabProps & { baseUrl: string }) {
  const { draft, change, errors, canChange, variables } = tab
  return (
    <div className="grid gap-6">
      <div className="grid items-start gap-5 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <SelectField
          name="httpMethod"
          label="HTTP method"
          options={httpMethodChoices}
          value={draft.httpMethod}
          disabled={!canChange}
          error={errors.httpMethod}
          onChange={(event) => change({ httpMethod: event.target.value as EndpointDraft['httpMethod'] })}
        />
        <TemplateField
          name="url"
          label="URL"
          required
          maxLength={2048}
          value={draft.url}
          readOnly={!canChange}
          error={errors.url}
          variables={variables}
          placeholder="/orders/{{ order_id }}"
          help={
            baseUrl === '' ? (
              'The connector has no base URL, so this must be absolute.'
            ) : (
              <>
                Relative to the base URL <code className="break-all">{baseUrl}</code>, or absolute.
              </>
            )
          }
          onValueChange={(url) => change({ url })}
        />
      </div>
      <ParametersOf place="url" title="URL parameters" {...tab} />
    </div>
  )
}
