import type { EndpointDefinition } from '../definitions'
import { refuse, succeed, type Result } from '../result'
import { isShown } from '../variables/resolve-variables'
import { validateVariableValue } from '../variables/variable-rules'

/** What a program gives for one call: values of variables, and of optional parameters. */
export type GivenValues = { values: Record<string, string>; filters: Record<string, string> }

/**
 * The values by ID, from names that are keys or IDs. Only variables of the endpoint that are shown and its optional
 * parameters take values, as in a connection shape, so that a program cannot direct credentials elsewhere (rule R14).
 * @returns refusals name the field as it was given (`values.order_id`) and never quote the value
 */
export function valuesByKey(endpoint: EndpointDefinition, given: GivenValues): Result<GivenValues> {
  const values: [id: string, value: string][] = []
  for (const [name, value] of Object.entries(given.values)) {
    const variable = endpoint.variables.find(({ id, key }) => id === name || key === name)
    if (!variable || !isShown(variable)) return unknownName(endpoint, 'values', name)
    const valid = validateVariableValue(variable, value)
    if (!valid.ok) return refuse(valid.error.code, valid.error.message, `values.${name}`)
    values.push([variable.id, value])
  }
  const filters: [id: string, value: string][] = []
  for (const [name, value] of Object.entries(given.filters)) {
    const named = endpoint.parameters.filter(({ id, key, required }) => !required && (id === name || key === name))
    if (named.length === 0) return unknownName(endpoint, 'filters', name)
    if (named.length > 1) return severalFilters(name)
    filters.push([named[0]!.id, value])
  }
  return succeed({ values: Object.fromEntries(values), filters: Object.fromEntries(filters) })
}

function unknownName(
  { name: endpointName, variables, parameters }: EndpointDefinition,
  of: keyof GivenValues,
  name: string,
) {
  const known =
    of === 'values'
      ? variables.filter(isShown).map(({ key }) => key)
      : parameters.filter(({ required }) => !required).map(({ key }) => key)
  const kind = of === 'values' ? 'variable' : 'optional parameter'
  const list = known.length === 0 ? `It has none.` : `It has: ${known.slice(0, 20).join(', ')}.`
  return refuse(
    'unknown_variable',
    `“${endpointName}” has no ${kind} with this key that takes a value. ${list} Nothing was sent.`,
    `${of}.${name.slice(0, 200)}`,
  )
}

function severalFilters(name: string) {
  return refuse(
    'invalid_input',
    'Several optional parameters have this key. Name the one that you mean by its ID. Nothing was sent.',
    `filters.${name.slice(0, 200)}`,
  )
}
