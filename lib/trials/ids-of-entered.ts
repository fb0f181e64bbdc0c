import type { EndpointDefinition } from '@/lib/domain/definitions'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { EnteredValues } from './check-entered'

type Entry = { id: string; key: string }

/** Values that are given by key or ID, by ID. Optional parameters may have the same key in different places. */
export function idsOfEntered(endpoint: EndpointDefinition, { values, filters }: EnteredValues): Result<EnteredValues> {
  const optional = endpoint.parameters.filter(({ required }) => !required)
  const byVariable = idsOf(values, endpoint.variables, { field: 'values', noun: 'variable' })
  if (!byVariable.ok) return byVariable
  const byFilter = idsOf(filters, optional, { field: 'filters', noun: 'optional parameter' })
  return byFilter.ok ? succeed({ values: byVariable.value, filters: byFilter.value }) : byFilter
}

function idsOf(
  given: Record<string, string>,
  entries: readonly Entry[],
  { field, noun }: { field: string; noun: string },
): Result<Record<string, string>> {
  const ids = new Map<string, string>()
  for (const [name, value] of Object.entries(given)) {
    const found = entries.filter(({ id, key }) => id === name || key === name)
    const at = `${field}.${name}`
    if (found.length === 0) return refuse('unknown_variable', unknown(name, entries, noun), at)
    if (found.length > 1)
      return refuse('invalid_input', `Several of this endpoint’s ${noun}s have the key “${name}”. Use the ID.`, at)
    if (ids.has(found[0]!.id)) return refuse('invalid_input', `The ${noun} “${found[0]!.key}” is given twice.`, at)
    ids.set(found[0]!.id, value)
  }
  return succeed(Object.fromEntries(ids))
}

function unknown(name: string, entries: readonly Entry[], noun: string): string {
  const start = `This endpoint has no ${noun} “${name}”.`
  if (entries.length === 0) return `${start} It has no ${noun}s.`
  const keys = [...new Set(entries.map(({ key }) => key))].slice(0, 20)
  return `${start} Its ${noun}s: ${keys.join(', ')}${keys.length < entries.length ? ' …' : ''}.`
}
