import { z } from 'zod'
import type { GivenValues } from '@/lib/domain/requests/values-by-key'
import { refuse, succeed, type Result } from '@/lib/domain/result'

/** The headers with which a program gives the values of a call. The body is the third party's. */
export const valuesHeader = 'patchbay-values'
export const filtersHeader = 'patchbay-filters'

const scalar = z.union([z.string(), z.number(), z.boolean()])
const namedValues = z.record(z.string().max(200), scalar)

/** Values of variables and optional parameters, by key or ID. */
export function readGiven(headers: { get: (name: string) => string | null }): Result<GivenValues> {
  const values = readHeader(headers.get(valuesHeader), 'Patchbay-Values', 'values')
  if (!values.ok) return values
  const filters = readHeader(headers.get(filtersHeader), 'Patchbay-Filters', 'filters')
  return filters.ok ? succeed({ values: values.value, filters: filters.value }) : filters
}

function readHeader(text: string | null, header: string, field: string): Result<Record<string, string>> {
  if (text === null) return succeed({})
  const read = namedValues.safeParse(parsed(text))
  if (!read.success)
    return refuse(
      'invalid_input',
      `The header ${header} is not a JSON object of texts, numbers and truth values, such as {"order_id":"4711"}. Nothing was sent.`,
      field,
    )
  return succeed(Object.fromEntries(Object.entries(read.data).map(([name, value]) => [name, String(value)])))
}

/** Headers arrive as Latin-1; most programs send JSON in UTF-8 (RFC 8259 §8.1). */
function parsed(text: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1')))
  } catch {
    return undefined
  }
}
