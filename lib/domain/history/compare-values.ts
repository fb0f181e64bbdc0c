import type { FieldShape, FieldsOf } from '../field-list'
import { isObject } from '../is-object'
import { sameJson } from '../same-json'
import type { FieldChange, FieldValue } from './field-change'
import { mayContainSecret } from './may-contain-secret'

/**
 * Compares an object before and after a change; nothing else does. For a value that is secret, or may contain a literal
 * secret, the change only says that it was set, replaced or removed.
 */

type About = {
  /** Which of several objects: the header, the variable, the method. */
  of?: string
  /**
   * The name under which a field is sent or stored, which decides whether its value may be a secret. Default: its last
   * part.
   */
  nameOf?: (field: string) => string
  /** The value is a secret, whatever its name is. */
  secret?: boolean
}

const longest = 200
/** The number of characters that are shown before the first difference of long texts. */
const lead = 30

/** The change of one field, from → to. Empty if the field did not change; one change for each part of a group. */
export function compareValues(field: string, before: unknown, after: unknown, about: About = {}): FieldChange[] {
  if (isEmpty(before) && isEmpty(after)) return []
  if (sameJson(before, after)) return []
  if (isGroup(before) || isGroup(after)) return compareGroups(field, before, after, about)
  const [from, to] = [shownValue(before), shownValue(after)]
  const named = { field, ...(about.of !== undefined && { of: about.of }) }
  const name = about.nameOf?.(field) ?? field.split('.').at(-1)!
  const hidden =
    about.secret === true || [from, to].some((value) => typeof value === 'string' && mayContainSecret(value, name))
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

/** A fact about the change besides its fields, in words or names that everybody may see. */
export function fact(field: string, value: FieldValue): FieldChange[] {
  return isEmpty(value) ? [] : [{ field, to: cut(value, 0) }]
}

/** What was typed into a new object. Left out if it may contain a secret. */
export function typedFact(field: string, value: string): FieldChange[] {
  return mayContainSecret(value, field) ? [] : fact(field, value)
}

/** One change that names several objects of a kind. No change if there are no names. */
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

/** Long texts are cut so that they begin shortly before their first difference. */
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
