'use client'

import { isForm, type EndpointDraft } from '@/components/endpoints/endpoint-draft'
import { ParametersOf } from '@/components/endpoints/parameters-of'
import type { EndpointTabProps } from '@/components/endpoints/endpoint-draft'
import { SelectField } from '@/components/forms/select-field'
import { TemplateField } from '@/components/forms/template-field'
import { bodyFormats, type BodyFormat } from '@/lib/domain/vocabulary'

const formatChoices = Object.entries(bodyFormats).map(([value, label]) => ({ value, label }))

const placeholders: Partial<Record<BodyFormat, string>> = {
  json: '{ "status": "{{ status }}" }',
  xml: '<order><status>{{ status }}</status></order>',
}

/** The format of the body, and its template or parameters. */
export function BodyTab(tab: EndpointTabProps) {
  const { draft, change, errors, canChange, variables } = tab
  return (
    <div className="grid gap-6">
      <SelectField
        name="bodyFormat"
        label="Body format"
        className="max-w-60"
        options={formatChoices}
        value={draft.bodyFormat}
        disabled={!canChange}
        error={errors.bodyFormat}
        onChange={(event) => change({ bodyFormat: event.target.value as EndpointDraft['bodyFormat'] })}
      />
      {isForm(draft.bodyFormat) && <ParametersOf place="body" title="Body parameters" {...tab} />}
      {!isForm(draft.bodyFormat) && draft.bodyFormat !== 'none' && (
        <TemplateField
          name="body"
          label="Body"
          multiline
          minRows={8}
          maxLength={65_536}
          value={draft.body}
          readOnly={!canChange}
          error={errors.body}
          variables={variables}
          placeholder={placeholders[draft.bodyFormat]}
          help="Values are encoded for the format, so no value can add a field."
          onValueChange={(body) => change({ body })}
        />
      )}
    </div>
  )
}
