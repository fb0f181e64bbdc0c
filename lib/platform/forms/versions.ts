import { isObject } from '@/lib/domain/is-object'
import { sameJson } from '@/lib/domain/same-json'

/** Merges the versions of two people who edited the same object, field by field (rule R12). */

/** A field that both people changed. */
export type Conflict = { path: readonly string[]; yours: unknown; theirs: unknown }

export type Merged<Draft> = {
  /** Your version with the fields that only the other person changed. Fields that both changed have your value. */
  draft: Draft
  conflicts: Conflict[]
  /** The fields that only the other person changed. */
  taken: (readonly string[])[]
}

/**
 * Merges the version that somebody else saved into the one that is being edited. Objects are compared field by field,
 * lists as a whole.
 * @param base the version that the editing started from
 */
export function mergeVersions<Draft>(base: Draft, yours: Draft, theirs: Draft): Merged<Draft> {
  const conflicts: Conflict[] = []
  const taken: (readonly string[])[] = []
  const merge = (path: readonly string[], before: unknown, mine: unknown, other: unknown): unknown => {
    if (same(mine, other) || same(before, other)) return mine
    if (isObject(mine) && isObject(other) && !isWhole(mine) && !isWhole(other)) {
      const from = isObject(before) ? before : {}
      const keys = [...new Set([...Object.keys(mine), ...Object.keys(other)])]
      return withoutRemoved(keys.map((key) => [key, merge([...path, key], from[key], mine[key], other[key])]))
    }
    if (same(before, mine)) {
      taken.push(path)
      return other
    }
    conflicts.push({ path, yours: mine, theirs: other })
    return mine
  }
  return { draft: merge([], base, yours, theirs) as Draft, conflicts, taken }
}

export function valueAt(draft: unknown, path: readonly string[]): unknown {
  return path.reduce((value, key) => (isObject(value) ? value[key] : undefined), draft)
}

export function withValueAt<Draft>(draft: Draft, path: readonly string[], value: unknown): Draft {
  const [key, ...rest] = path
  if (key === undefined) return value as Draft
  const object: Record<string, unknown> = isObject(draft) ? draft : {}
  return withoutRemoved(Object.entries({ ...object, [key]: withValueAt(object[key], rest, value) })) as Draft
}

/** Leaves out an entry that one person removed, such as a request of a phase. */
function withoutRemoved(entries: [key: string, value: unknown][]): Record<string, unknown> {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** A value as text for the comparison of two versions: one line, or one line for each entry of a list. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'Not set'
  if (typeof value === 'boolean') return value ? 'On' : 'Off'
  if (Array.isArray(value)) return value.length === 0 ? 'None' : value.map(describeEntry).join('\n')
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'None' : describeEntry(value)
  return String(value)
}

/** A parameter as “key: value”; any other entry by its fields, without those that only identify it. */
function describeEntry(entry: unknown): string {
  if (!isObject(entry)) return describeValue(entry)
  if (typeof entry.key === 'string' && typeof entry.value === 'string') return `${entry.key}: ${entry.value}`
  const said = Object.entries(comparable(entry) as object).filter(
    ([key, value]) => !identifying.has(key) && describeValue(value) !== 'Not set',
  )
  return said.map(([key, value]) => `${inWords(key)}: ${describeValue(value)}`).join(', ')
}

const identifying: ReadonlySet<string> = new Set(['id', 'kind', 'step'])

/** `timeoutSeconds` → “Timeout seconds” */
export function inWords(key: string): string {
  const words = key.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`,
  )
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const same = (one: unknown, other: unknown) => sameJson(comparable(one), comparable(other))

/** The value without the keys that only identify rows in the browser. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'rowKey')
      .map(([key, inner]) => [key, comparable(inner)]),
  )
}

/** Marks an object that is one value, and is compared as such: a secret, a certificate. */
const isWhole = (value: Record<string, unknown>) => value.isWhole === true
