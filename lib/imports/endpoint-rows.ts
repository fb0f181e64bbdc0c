import { isObject } from '@/lib/domain/is-object'
import { endpointFields, endpointFieldsOf, type EndpointFields } from '@/lib/endpoints/fields'
import { newId } from '@/lib/platform/db/new-id'
import { variableFields } from '@/lib/variables/schema'
import { hashOf } from './hash-of'
import type { EndpointPlan } from './plan-connector'

/**
 * An endpoint of an import as it is stored when the import is confirmed. It is made while the document is read, so that
 * the database alone can store thousands. What only the confirmation decides is missing: name, key and what is enabled.
 */
export type EndpointRows = {
  /** Identifies the columns in the version of Patchbay that made the rows. */
  columns: string
  endpoint: Omit<EndpointFields, 'name'> & { requestSchema: string | null; responseSchema: string | null }
  variables: (EndpointPlan['variables'][number] & { id: string })[]
  parameters: (EndpointPlan['parameters'][number] & { id: string })[]
}

/** The columns of those rows, by table; those that people fill in come from the only lists of them. */
export const rowColumns: Readonly<Record<Exclude<keyof EndpointRows, 'columns'>, readonly string[]>> = {
  endpoint: [...Object.keys(endpointFields).filter((field) => field !== 'name'), 'requestSchema', 'responseSchema'],
  variables: ['id', ...Object.keys(variableFields), 'locked'],
  parameters: ['id', 'place', 'key', 'value', 'required', 'displayName', 'helpText'],
}

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
