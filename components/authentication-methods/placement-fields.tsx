'use client'

import type { SetupTabProps } from '@/components/authentication-methods/urls-tab'
import { SelectField } from '@/components/forms/select-field'
import { TemplateField } from '@/components/forms/template-field'
import { TextField } from '@/components/forms/text-field'
import { parameterPlaces } from '@/lib/domain/vocabulary'
import type { Placement } from '@/lib/domain/authentication/options'

/** How the token is sent with endpoint requests and the test request. */
export function PlacementFields({ draft, onChange, errors, canChange, variables, filters }: SetupTabProps) {
  const placement = draft.options.placement as Placement
  const change = (part: Partial<Placement>) => onChange({ ...draft, options: { ...draft.options, placement: { ...placement, ...part } } })
  return (
    <section className="grid gap-5 sm:grid-cols-[9rem_1fr]">
      <h3 className="font-medium sm:col-span-2">How the token is sent</h3>
      <SelectField
        name="options.placement.place"
        label="Sent in"
        value={placement.place}
        disabled={!canChange}
        onChange={(event) => change({ place: event.target.value as Placement['place'] })}
        options={Object.entries(parameterPlaces).map(([value, label]) => ({ value, label }))}
      />
      <TextField
        name="options.placement.key"
        label={placement.place === 'header' ? 'Header name' : 'Parameter name'}
        value={placement.key}
        mono
        readOnly={!canChange}
        maxLength={256}
        onChange={(event) => change({ key: event.target.value })}
        error={errors['options.placement.key']}
      />
      <TemplateField
        className="sm:col-span-2"
        name="options.placement.value"
        label="Value"
        help="With its prefix: Bearer {{ access_token }}"
        value={placement.value}
        readOnly={!canChange}
        maxLength={2048}
        onValueChange={(value) => change({ value })}
        error={errors['options.placement.value']}
        variables={variables}
        filters={filters}
      />
    </section>
  )
}
