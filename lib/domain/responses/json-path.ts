import { query, type JsonValue } from 'jsonpath-rfc9535'
import { refuse, succeed, type Result } from '../result'

/** JSONPath (RFC 9535) over answers of third parties. */

const longestPath = 512

/**
 * `$.data.token`; `data.token` is understood as well, and so are `data.access-token`, `items.0.id` and `Envelope.@id`.
 */
function normalise(path: string): string {
  const trimmed = path.trim()
  if (/^(?:\$\.)?[\w:@#-]+(?:\.[\w:@#-]+)*$/.test(trimmed))
    return `$${trimmed.replace(/^\$\./, '').split('.').map(writeSegment).join('')}`
  if (trimmed.startsWith('$')) return trimmed
  return trimmed.startsWith('[') ? `$${trimmed}` : `$.${trimmed}`
}

/** RFC 9535 §2.5.1.1: a shorthand is letters, digits and underscores, and does not begin with a digit. */
function writeSegment(name: string): string {
  if (/^\d+$/.test(name)) return `[${name}]`
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `['${name}']`
}

export function checkJsonPath(path: string): Result<string> {
  if (path.length > longestPath) return refuse('invalid_input', `A JSON path has at most ${longestPath} characters.`)
  // Their patterns would run as backtracking expressions over a third party's text.
  if (/\b(?:match|search)\s*\(/.test(path))
    return refuse('invalid_input', 'The functions match and search are not available in JSON paths.')
  if (!isCheap(normalise(path)))
    return refuse(
      'invalid_input',
      'This JSON path would take too long over a large answer: use .. at most once, commas at most twice, and begin with @ inside a filter.',
    )
  try {
    query(null, normalise(path))
    return succeed(normalise(path))
  } catch {
    return refuse('invalid_input', 'This JSON path cannot be read. Write it as $.data.items, for example.')
  }
}

/**
 * Time in proportion to the answer. Each further `..` looks through everything below everything again, each list of
 * selectors takes what it is given several times, and `$` inside a filter begins again for every entry.
 */
function isCheap(path: string): boolean {
  const outsideQuotes = path.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, 'x')
  const count = (mark: string) => outsideQuotes.split(mark).length - 1
  return count('..') <= 1 && count(',') <= 2 && count('$') <= 1
}

/** Everything that a path finds; nothing where the path cannot be read. */
export function findByPath(json: unknown, path: string): unknown[] {
  const checked = checkJsonPath(path)
  if (!checked.ok) return []
  try {
    return query(json as JsonValue, checked.value)
  } catch {
    return []
  }
}

/** A key is first tried as a literal top-level name (`data.token` may be one), then as a JSON path (DATA §4). */
export function findByNameOrPath(json: unknown, key: string): unknown {
  const name = key.trim()
  if (name === '') return undefined
  if (typeof json === 'object' && json !== null && Object.hasOwn(json, name))
    return (json as Record<string, unknown>)[name]
  return findByPath(json, name)[0]
}

/**
 * How many records an answer holds: a data path that names one list counts its entries, one that names entries counts
 * them. Null where the path finds nothing; without a path only an answer that is itself a list can be counted.
 */
export function countRecords(json: unknown, dataPath: string): number | null {
  const found = dataPath.trim() === '' ? [json] : findByPath(json, dataPath)
  const [first] = found
  if (found.length === 1 && Array.isArray(first)) return first.length
  return dataPath.trim() === '' || found.length === 0 ? null : found.length
}
