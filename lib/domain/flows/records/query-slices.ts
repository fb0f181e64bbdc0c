import { exec, type JsonValue } from 'jsonpath-rfc9535'
import { checkJsonPath } from '../../responses/json-path'
import { refuse, succeed, type Result } from '../../result'
import { valueAt } from '../values/at-path'
import { readJson, writeJson } from '../values/json'
import type { Value } from '../values/value'
import type { Slices } from './slices'

/**
 * Finds records by a JSONPath that is more than names, indexes and `*`: `$..orders`, `$.orders[?@.open]`. The text is
 * parsed for the query, and read once more for the records, whose numbers keep their digits.
 */
export function sliceByQuery(text: string, query: string): Result<Slices> {
  const checked = checkJsonPath(query)
  if (!checked.ok) return checked
  const exact = readJson(text)
  if (!exact.ok) return exact
  const found: Value[] = []
  try {
    exec(JSON.parse(text) as JsonValue, checked.value, (_value, path) => {
      const value = valueAt(
        exact.value,
        path.map((name) => ({ name: nameOf(name) })),
      )
      if (value !== undefined) found.push(value)
    })
  } catch {
    return refuse('invalid_value', 'The records cannot be found with this data path.')
  }
  const [first] = found
  const records = found.length === 1 && Array.isArray(first) ? first : found
  return succeed({
    count: records.length,
    one: (index) => writeJson(records[index]!),
    many: (begin, end) => writeJson(records.slice(begin, end)),
  })
}

/** The library writes names as in the source of a normalised path (RFC 9535 §2.7). */
function nameOf(name: string | number): string {
  const text = String(name)
  if (!text.includes('\\')) return text
  return JSON.parse(`"${text.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`) as string
}
