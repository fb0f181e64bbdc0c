import type { TemplateVariable } from '@/components/forms/template-variable'
import type { ParameterTableProps } from '@/components/parameters/parameter-editing'
import { parameterInput, parameterRow, type ParameterRow } from '@/components/parameters/parameter-row'
import type { EndpointFields } from '@/lib/endpoints/fields'
import type { EndpointDetail } from '@/lib/endpoints/views'
import type { BodyFormat } from '@/lib/domain/vocabulary'

/** The definition while it is edited: one draft over all tabs, saved as one (rules R8 and R12). */
export type EndpointDraft = EndpointFields & { parameters: ParameterRow[] }

/** Without the schemas, which the browser does not need. */
function fieldsOf(endpoint: EndpointDetail): EndpointFields {
  const { name, entityType, direction, httpMethod, url, bodyFormat, body, dataPath, deprecated, pagination } = endpoint
  return { name, entityType, direction, httpMethod, url, bodyFormat, body, dataPath, deprecated, pagination }
}

export function endpointDraft(endpoint: EndpointDetail): EndpointDraft {
  return { ...fieldsOf(endpoint), parameters: bodyLast(endpoint.parameters.map(parameterRow)) }
}

/**
 * Body parameters at the end: where they are not sent, the others keep the positions the server names in its errors.
 */
export function bodyLast(rows: ParameterRow[]): ParameterRow[] {
  return [...rows.filter((row) => row.place !== 'body'), ...rows.filter((row) => row.place === 'body')]
}

export const isForm = (format: BodyFormat) => format === 'form' || format === 'multipart'

/**
 * The draft as the action takes it. Body parameters of a format that has none stay in the draft, so that going back to
 * the form brings them back, and are not saved.
 */
export function endpointInput(
  { id, revision }: Pick<EndpointDetail, 'id' | 'revision'>,
  { parameters, ...draft }: EndpointDraft,
  confirmed: boolean,
) {
  const sent = isForm(draft.bodyFormat) ? parameters : parameters.filter((row) => row.place !== 'body')
  return {
    endpointId: id,
    revision,
    ...draft,
    parameters: sent.map(parameterInput).map(({ phases: _phases, steps: _steps, ...parameter }) => parameter),
    confirmed,
  }
}

/** What every tab of the definition needs. */
export type EndpointTabProps = {
  draft: EndpointDraft
  change: (change: Partial<EndpointDraft>) => void
  variables: readonly TemplateVariable[]
  errors: Record<string, string>
  /** What the connector sends with every endpoint. */
  shared: ParameterTableProps['shared']
  canChange: boolean
}
