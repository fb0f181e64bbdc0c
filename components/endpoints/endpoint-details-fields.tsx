'use client'

import { directionChoices, directionHelp } from '@/components/endpoints/endpoint-choices'
import type { EndpointDraft } from '@/components/endpoints/endpoint-draft'
import type { EndpointTabProps } from '@/components/endpoints/endpoint-draft'
import { EntityTypeField } from '@/components/endpoints/entity-type-field'
import { CheckboxField } from '@/components/forms/checkbox-field'
import { SelectField } from '@/components/forms/select-field'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'

/** The fields above the tabs. */
export function EndpointDetailsFields({
  draft,
  change,
  errors,
  canChange,
  entityTypes,
}: EndpointTabProps & { entityTypes: string[] }) {
  return (
    <section aria-labelledby="endpoint-details" className="grid gap-1">
      <h2 id="endpoint-details" className="text-lg font-semibold">
        Endpoint details
      </h2>
      <div className="grid items-start gap-5 sm:grid-cols-2 lg:grid-cols-3">
        <TextField
          name="name"
          label="Name"
          required
          autoComplete="off"
          maxLength={120}
          value={draft.name}
          readOnly={!canChange}
          error={errors.name}
          onChange={(event) => change({ name: event.target.value })}
        />
        <EntityTypeField
          suggestions={entityTypes}
          value={draft.entityType}
          readOnly={!canChange}
          error={errors.entityType}
          help="Groups endpoints in lists and in the connection shape."
          onChange={(event) => change({ entityType: event.target.value })}
        />
        <SelectField
          name="direction"
          label="Direction"
          options={directionChoices}
          value={draft.direction}
          disabled={!canChange}
          error={errors.direction}
          help={directionHelp}
          onChange={(event) => change({ direction: event.target.value as EndpointDraft['direction'] })}
        />
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-3">
        <TextareaField
          name="description"
          label="Description"
          rows={2}
          maxLength={4096}
          className="lg:col-span-2"
          value={draft.description}
          readOnly={!canChange}
          error={errors.description}
          help="What the endpoint does, for the people who choose it."
          onChange={(event) => change({ description: event.target.value })}
        />
        <TextField
          name="scopes"
          label="OAuth scopes"
          mono
          autoComplete="off"
          spellCheck={false}
          value={draft.scopes.join(' ')}
          readOnly={!canChange}
          error={errors.scopes ?? Object.entries(errors).find(([field]) => field.startsWith('scopes.'))?.[1]}
          help="What a token needs for this endpoint, separated by spaces."
          onChange={(event) => change({ scopes: event.target.value.split(/\s/) })}
        />
      </div>
      <CheckboxField
        name="deprecated"
        label="Deprecated"
        help="Marked as deprecated wherever this endpoint can be chosen."
        checked={draft.deprecated}
        disabled={!canChange}
        onChange={(event) => change({ deprecated: event.target.checked })}
      />
    </section>
  )
}
