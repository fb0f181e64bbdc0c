import type { FieldShape, FieldsOf } from '../field-list'
import { isObject } from '../is-object'
import { sameJson } from '../same-json'
import type { FieldChange, FieldValue } from './field-change'
import { holdsSecret } from './holds-secret'

/**
 * The one place that compares an object before and after a change. What is secret, or holds a literal secret, is only
 * said to be set, replaced or removed.
 */

type About = {
  /** Which of several. */
  of?: string
  /** The name under which a field is sent or stored: it tells whether it is a secret. Default: its last part. */
  nameOf?: (field: string) => string
  /** The value is a secret whatever it is called. */
  secret?: boolean
}

const longest = 200
/** Of a long text what comes before the first difference. */
const lead = 30

/** A field from → to: nothing where it is the same, one line for each part of a group. */
export function compareValues(field: string, before: unknown, after: unknown, about: About = {}): FieldChange[] {
  if (isEmpty(before) && isEmpty(after)) return []
  if (sameJson(before, after)) return []
  if (isGroup(before) || isGroup(after)) return compareGroups(field, before, after, about)
  const [from, to] = [shownValue(before), shownValue(after)]
  const named = { field, ...(about.of !== undefined && { of: about.of }) }
  const name = about.nameOf?.(field) ?? field.split('.').at(-1)!
  const hidden =
    about.secret === true || [from, to].some((value) => typeof value === 'string' && holdsSecret(value, name))
  if (hidden) return [{ ...named, how: howOf(from, to) }]
  const cut = cutBoth(from, to)
  return [cut.from === cut.to ? { ...named, how: 'changed' } : { ...named, ...cut }]
}

/** Each field of a noun that changed, by its field list (ARCHITECTURE §6). */
export function compareFields<Shape extends FieldShape>(
  fields: Shape,
  before: FieldsOf<Shape>,
  after: FieldsOf<Shape>,
  about: (field: string) => About = () => ({}),
): FieldChange[] {
  return Object.keys(fields).flatMap((name) => compareValues(name, before[name], after[name], about(name)))
}

/** What is said besides, in words or names that everybody may see. */
export function fact(field: string, value: FieldValue): FieldChange[] {
  return isEmpty(value) ? [] : [{ field, to: cut(value, 0) }]
}

/** What was typed into a new object. Left out where it may hold a secret. */
export function typedFact(field: string, value: string): FieldChange[] {
  return holdsSecret(value, field) ? [] : fact(field, value)
}

/** One change that names several things of a kind. An empty list of names makes no change. */
export function several(field: string, how: FieldChange['how'], names: readonly string[], of?: string): FieldChange[] {
  return names.length === 0 ? [] : [{ field, how, names: [...names], ...(of !== undefined && { of }) }]
}

function compareGroups(field: string, before: unknown, after: unknown, about: About): FieldChange[] {
  const [one, other] = [isGroup(before) ? before : {}, isGroup(after) ? after : {}]
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
    compareValues(`${field}.${key}`, one[key], other[key], about),
  )
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !(value instanceof Date)
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function howOf(from: FieldValue, to: FieldValue): FieldChange['how'] {
  if (isEmpty(to)) return 'removed'
  return isEmpty(from) ? 'set' : 'replaced'
}

function shownValue(value: unknown): FieldValue {
  if (isEmpty(value)) return null
  if (Array.isArray(value)) return value.map(shownItem).join(', ')
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value)
}

/** An entry of a list: `instance_url = $.instance_url`. */
function shownItem(item: unknown): string {
  if (!isGroup(item)) return String(item)
  return Object.values(item)
    .filter((value) => typeof value === 'string' && value !== '')
    .slice(0, 2)
    .join(' = ')
}

/** Long texts begin shortly before they differ. */
function cutBoth(from: FieldValue, to: FieldValue): { from: FieldValue; to: FieldValue } {
  const long = [from, to].some((value) => typeof value === 'string' && value.length > longest)
  const start = long && typeof from === 'string' && typeof to === 'string' ? firstDifference(from, to) - lead : 0
  return { from: cut(from, start), to: cut(to, start) }
}

function firstDifference(one: string, other: string): number {
  let index = 0
  while (index < one.length && one[index] === other[index]) index += 1
  return index
}

function cut(value: FieldValue, start: number): FieldValue {
  if (typeof value !== 'string') return value
  const from = Math.max(0, start)
  const part = value.slice(from, from + longest).toWellFormed()
  return `${from > 0 ? '…' : ''}${part}${from + longest < value.length ? '…' : ''}`
}
