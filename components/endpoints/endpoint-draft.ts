import type { TemplateVariable } from '@/components/forms/template-variable'
import { parameterInput, parameterRow, type ParameterRow } from '@/components/parameters/parameter-row'
import type { EndpointDetail } from '@/lib/endpoints/views'
import type { BodyFormat, Direction, HttpMethod } from '@/lib/domain/vocabulary'

/** The definition while it is edited: one draft over all tabs, saved as one (rules R8 and R12). */
export type EndpointDraft = {
  name: string
  entityType: string
  direction: Direction
  deprecated: boolean
  httpMethod: HttpMethod
  url: string
  bodyFormat: BodyFormat
  body: string
  dataPath: string
  parameters: ParameterRow[]
}

export function endpointDraft(endpoint: EndpointDetail): EndpointDraft {
  const { name, entityType, direction, deprecated, httpMethod, url, bodyFormat, body, dataPath } = endpoint
  return {
    name,
    entityType,
    direction,
    deprecated,
    httpMethod,
    url,
    bodyFormat,
    body,
    dataPath,
    parameters: bodyLast(endpoint.parameters.map(parameterRow)),
  }
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
  canChange: boolean
}
