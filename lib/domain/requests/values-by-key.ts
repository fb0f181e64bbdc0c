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
export function valuesByKey(
  { variables, parameters }: Pick<EndpointDefinition, 'variables' | 'parameters'>,
  given: GivenValues,
): Result<GivenValues> {
  const shown = variables.filter(isShown)
  const values = idsOf(given.values, shown, { field: 'values', noun: 'variable' })
  if (!values.ok) return values
  const optional = parameters.filter(({ required }) => !required)
  const filters = idsOf(given.filters, optional, { field: 'filters', noun: 'optional parameter' })
  if (!filters.ok) return filters
  for (const [name, value] of Object.entries(given.values)) {
    const valid = validateVariableValue(
      shown.find(({ id, key }) => id === name || key === name)!,
      value,
    )
    if (!valid.ok) return refuse(valid.error.code, valid.error.message, `values.${name}`)
  }
  return succeed({ values: values.value, filters: filters.value })
}

type Entry = { id: string; key: string }

/** Optional parameters may have the same key in different places. */
function idsOf(
  given: Record<string, string>,
  entries: readonly Entry[],
  { field, noun }: { field: keyof GivenValues; noun: string },
): Result<Record<string, string>> {
  const ids = new Map<string, string>()
  for (const [name, value] of Object.entries(given)) {
    const found = entries.filter(({ id, key }) => id === name || key === name)
    const at = `${field}.${name.slice(0, 200)}`
    if (found.length === 0) return refuse('unknown_variable', unknown(name, entries, noun), at)
    const [{ id, key }] = found as [Entry]
    if (found.length > 1)
      return refuse('invalid_input', `Several of this endpoint’s ${noun}s have the key “${key}”. Use the ID.`, at)
    if (ids.has(id)) return refuse('invalid_input', `The ${noun} “${key}” is given twice.`, at)
    ids.set(id, value)
  }
  return succeed(Object.fromEntries(ids))
}

function unknown(name: string, entries: readonly Entry[], noun: string): string {
  const start = `This endpoint has no ${noun} “${name.slice(0, 200)}”.`
  if (entries.length === 0) return `${start} It has no ${noun}s.`
  const keys = [...new Set(entries.map(({ key }) => key))].slice(0, 20)
  return `${start} Its ${noun}s: ${keys.join(', ')}${keys.length < entries.length ? ' …' : ''}.`
}
