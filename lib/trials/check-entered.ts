import type { EndpointDefinition } from '@/lib/domain/definitions'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { validateVariableValue } from '@/lib/domain/variables/variable-rules'
import type { EndpointTrial } from './schema'

/** The values of an endpoint's variables and optional parameters, by ID. */
export type EnteredValues = Pick<EndpointTrial, 'values' | 'filters' | 'page'>

/** Values are accepted only for variables and optional parameters of the endpoint, and by the variables' own rules. */
export function checkEntered(
  { variables, parameters }: EndpointDefinition,
  { values, filters }: Pick<EnteredValues, 'values' | 'filters'>,
): Result<null> {
  for (const [variableId, value] of Object.entries(values)) {
    const variable = variables.find(({ id }) => id === variableId)
    if (!variable) return foreign(`values.${variableId}`)
    const valid = validateVariableValue(variable, value)
    if (!valid.ok) return refuse(valid.error.code, valid.error.message, `values.${variableId}`)
  }
  const isFilter = (parameterId: string) => parameters.some(({ id, required }) => id === parameterId && !required)
  const unknown = Object.keys(filters).find((parameterId) => !isFilter(parameterId))
  return unknown === undefined ? succeed(null) : foreign(`filters.${unknown}`)
}

function foreign(field: string) {
  return refuse('invalid_input', 'This value belongs to another endpoint. Reload the page.', field)
}
