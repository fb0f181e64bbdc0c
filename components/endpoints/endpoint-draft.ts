import type { TemplateVariable } from '@/components/forms/template-variable'
import type { ParameterTableProps } from '@/components/parameters/parameter-editing'
import { parameterInput, parameterRow, type ParameterRow } from '@/components/parameters/parameter-row'
import type { EndpointFields } from '@/lib/endpoints/fields'
import type { EndpointDetail } from '@/lib/endpoints/views'
import type { BodyFormat } from '@/lib/domain/vocabulary'

/** The definition while it is edited: one draft for all tabs, saved together (rules R8 and R12). */
export type EndpointDraft = EndpointFields & { parameters: ParameterRow[] }

/** Without the schemas, which the browser does not need. */
function fieldsOf(endpoint: EndpointDetail): EndpointFields {
  const { name, entityType, direction, httpMethod, url, bodyFormat, body, dataPath, ...others } = endpoint
  const { deprecated, description, scopes, pagination } = others
  return {
    ...{ name, entityType, direction, httpMethod, url, bodyFormat, body, dataPath },
    ...{ deprecated, description, scopes, pagination },
  }
}

export function endpointDraft(endpoint: EndpointDetail): EndpointDraft {
  return { ...fieldsOf(endpoint), parameters: bodyLast(endpoint.parameters.map(parameterRow)) }
}

/**
 * Moves body parameters to the end. If they are not sent, the others keep the positions that the errors of the server
 * refer to.
 */
export function bodyLast(rows: ParameterRow[]): ParameterRow[] {
  return [...rows.filter((row) => row.place !== 'body'), ...rows.filter((row) => row.place === 'body')]
}

export const isForm = (format: BodyFormat) => format === 'form' || format === 'multipart'

/**
 * The draft as input of the action. If the format has no body parameters, they stay in the draft, in case the person
 * switches back, but are not saved.
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
    scopes: draft.scopes.filter((scope) => scope !== ''),
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
