'use client'

import { EndpointPicker } from '@/components/connection-shape/endpoint-picker'
import { ShapeFilters } from '@/components/connection-shape/shape-filters'
import { ShapeValues } from '@/components/connection-shape/shape-values'
import type { Choice } from '@/components/connection-shape/use-choice'
import type { ShapeForm } from '@/components/connection-shape/use-shape-form'
import { Field } from '@/components/forms/field'
import { Input } from '@/components/ui/input'
import type { OfferedEndpoint } from '@/lib/enablement/views'
import type { ShapeSettings } from '@/lib/flows/shape-views'

type ShapeEndpointProps = {
  settings: ShapeSettings
  choice: Choice
  /** The settings of the choice have not arrived yet. */
  arriving: boolean
  form: Pick<ShapeForm, 'draft' | 'change' | 'errors'>
  disabled: boolean
  onChoose: (endpoint: OfferedEndpoint) => void
}

/**
 * The endpoint of a shape, chosen among those that accept its instance (rule R1), and the values that the endpoint
 * needs.
 */
export function ShapeEndpoint({ settings, choice, arriving, form, disabled, onChoose }: ShapeEndpointProps) {
  const { offered } = settings
  const { instance } = choice
  const endpoint = arriving ? null : settings.endpoint
  const { draft, change, errors } = form
  if (!instance || !offered || instance.id !== settings.instance?.id) {
    return (
      <Field label="Endpoint" required help="The endpoints offered depend on the instance.">
        {(control) => (
          <Input {...control} disabled placeholder={arriving ? 'Loading endpoints…' : 'Choose an instance first'} />
        )}
      </Field>
    )
  }
  return (
    <>
      <EndpointPicker
        key={instance.id}
        instanceId={instance.id}
        offered={offered}
        chosen={choice.endpoint}
        disabled={disabled}
        error={errors.endpointId}
        onChoose={onChoose}
      />
      {endpoint && (
        <ShapeValues
          variables={endpoint.variables}
          typed={draft.values}
          errors={errors}
          disabled={disabled}
          onType={(id, value) => change({ values: { ...draft.values, [id]: value } })}
        />
      )}
      {endpoint && endpoint.filters.length > 0 && (
        <ShapeFilters
          filters={endpoint.filters}
          typed={draft.filters}
          errors={errors}
          disabled={disabled}
          onType={(id, value) => change({ filters: { ...draft.filters, [id]: value } })}
        />
      )}
    </>
  )
}
