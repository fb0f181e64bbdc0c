import { query, type JsonValue } from 'jsonpath-rfc9535'
import { refuse, succeed, type Result } from '../result'

/** JSONPath (RFC 9535) for the responses of third parties. */

const longestPath = 512

/**
 * Writes a path as RFC 9535 does (`$.data.token`). Also accepts `data.token`, `data.access-token`, `items.0.id` and
 * `Envelope.@id`.
 */
function normalise(path: string): string {
  const trimmed = path.trim()
  if (/^(?:\$\.)?[\w:@#-]+(?:\.[\w:@#-]+)*$/.test(trimmed))
    return `$${trimmed.replace(/^\$\./, '').split('.').map(writeSegment).join('')}`
  if (trimmed.startsWith('$')) return trimmed
  return trimmed.startsWith('[') ? `$${trimmed}` : `$.${trimmed}`
}

function writeSegment(name: string): string {
  return /^\d+$/.test(name) ? `[${name}]` : memberOf(name)
}

/**
 * The segment of a path that leads to a member of an object: `.orders`, `['order-list']`.
 * @see RFC 9535 §2.5.1.1: a shorthand has letters, digits and underscores, and does not begin with a digit
 */
export function memberOf(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return `.${name}`
  return `['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`
}

export function checkJsonPath(path: string): Result<string> {
  if (path.length > longestPath) return refuse('invalid_input', `A JSON path has at most ${longestPath} characters.`)
  // Their patterns would be run as backtracking regular expressions on untrusted text.
  if (/\b(?:match|search)\s*\(/.test(path))
    return refuse('invalid_input', 'The functions match and search are not available in JSON paths.')
  if (!isCheap(normalise(path)))
    return refuse(
      'invalid_input',
      'This JSON path would be too slow on a large response. Use .. at most once, commas at most twice, and begin with @ inside a filter.',
    )
  try {
    query(null, normalise(path))
    return succeed(normalise(path))
  } catch {
    return refuse('invalid_input', 'This JSON path cannot be read. Write it as $.data.items, for example.')
  }
}

/**
 * Whether the time is proportional to the size of the response. Each further `..` searches all descendants again, each
 * list of selectors visits its input several times, and `$` inside a filter starts from the root for every entry.
 */
function isCheap(path: string): boolean {
  const outsideQuotes = path.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, 'x')
  const count = (mark: string) => outsideQuotes.split(mark).length - 1
  return count('..') <= 1 && count(',') <= 2 && count('$') <= 1
}

/** All values that a path finds; none if the path is invalid. */
export function findByPath(json: unknown, path: string): unknown[] {
  const checked = checkJsonPath(path)
  if (!checked.ok) return []
  try {
    return query(json as JsonValue, checked.value)
  } catch {
    return []
  }
}

/** Tries the key as a literal top-level name first (`data.token` may be one), then as a JSON path (DATA §4). */
export function findByNameOrPath(json: unknown, key: string): unknown {
  const name = key.trim()
  if (name === '') return undefined
  if (typeof json === 'object' && json !== null && Object.hasOwn(json, name))
    return (json as Record<string, unknown>)[name]
  return findByPath(json, name)[0]
}

/**
 * The records in a response: the entries of the one list that the data path finds, otherwise the values that it finds.
 * Without a path, only a response that is itself a list has records.
 * @returns null if nothing says where the records are, or the path finds nothing
 */
export function recordsIn(json: unknown, dataPath: string): unknown[] | null {
  const found = dataPath.trim() === '' ? [json] : findByPath(json, dataPath)
  const [first] = found
  if (found.length === 1 && Array.isArray(first)) return first
  return dataPath.trim() === '' || found.length === 0 ? null : found
}

/** The number of records in a response; null if they cannot be found. */
export function countRecords(json: unknown, dataPath: string): number | null {
  return recordsIn(json, dataPath)?.length ?? null
}
