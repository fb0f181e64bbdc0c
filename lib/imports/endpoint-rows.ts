import { isObject } from '@/lib/domain/is-object'
import { endpointFieldsOf, type EndpointFields } from '@/lib/endpoints/fields'
import { newId } from '@/lib/platform/db/new-id'
import { hashOf } from './hash-of'
import type { EndpointPlan } from './plan-connector'

/**
 * An endpoint of an import as it is stored when the import is confirmed. It is made while the document is read, so that
 * the database alone can store thousands. What only the confirmation decides is missing: name, key and what is enabled.
 */
export type EndpointRows = {
  /** Identifies the columns that the version of Patchbay has which made them. */
  columns: string
  endpoint: Omit<EndpointFields, 'name'> & { requestSchema: string | null; responseSchema: string | null }
  variables: (EndpointPlan['variables'][number] & { id: string })[]
  parameters: (EndpointPlan['parameters'][number] & { id: string })[]
}

/** The columns of those rows, by table. */
export const rowColumns = {
  endpoint: [
    ...['entityType', 'direction', 'httpMethod', 'url', 'bodyFormat', 'body', 'dataPath', 'deprecated', 'description'],
    ...['scopes', 'pagination', 'requestSchema', 'responseSchema'],
  ],
  variables: [
    ...['id', 'key', 'displayName', 'helpText', 'alias', 'defaultValue', 'required', 'configurable', 'advanced'],
    ...['secret', 'locked', 'inputKind', 'options', 'pattern'],
  ],
  parameters: ['id', 'place', 'key', 'value', 'required', 'displayName', 'helpText'],
} as const satisfies Record<Exclude<keyof EndpointRows, 'columns'>, readonly string[]>

const columns = hashOf(JSON.stringify(rowColumns)).slice(0, 12)

export function rowsOf(plan: EndpointPlan): EndpointRows {
  const { name: _name, ...fields } = endpointFieldsOf(plan)
  const { requestSchema, responseSchema } = plan
  return {
    columns,
    endpoint: { ...fields, requestSchema, responseSchema },
    variables: plan.variables.map((variable) => ({ ...variable, id: newId() })),
    parameters: plan.parameters.map((parameter) => ({ ...parameter, id: newId() })),
  }
}

/** Whether stored rows have the columns of this version. */
export function areRows(stored: unknown): boolean {
  return isObject(stored) && stored.columns === columns
}
