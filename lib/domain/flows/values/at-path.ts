import type { ValuePath } from '../../value-path'
import { isValueObject, type Value } from './value'

/**
 * Finds values by a path. Only own properties count. A value that is not a list counts as a list of one for `*` and `0`,
 * because an XML element that could be repeated may occur once; null has no items.
 */

/**
 * The value at a path. With `*` in the path: the list of the values of all items. Undefined if it is missing, also from
 * one of several items.
 */
export function valueAt(value: Value, path: ValuePath): Value | undefined {
  const found: Value[] = []
  const hasAll = collect(value, path, 0, found)
  if (!hasAll) return undefined
  return path.some((step) => 'every' in step) ? found : found[0]
}

/** All values that a path finds, in their order; those that are missing are left out. */
export function valuesAt(value: Value, path: ValuePath): Value[] {
  const found: Value[] = []
  collect(value, path, 0, found)
  return found
}

/** @returns whether no value is missing */
function collect(value: Value, path: ValuePath, from: number, found: Value[]): boolean {
  let current = value
  for (let index = from; index < path.length; index += 1) {
    const step = path[index]!
    if ('every' in step) {
      const items = itemsOf(current)
      let hasAll = items !== null
      for (const item of items ?? []) hasAll = collect(item, path, index + 1, found) && hasAll
      return hasAll
    }
    const inner = memberOf(current, step.name)
    if (inner === undefined) return false
    current = inner
  }
  found.push(current)
  return true
}

function memberOf(value: Value, name: string): Value | undefined {
  if (Array.isArray(value)) return isIndex(name) ? value[Number(name)] : undefined
  if (isValueObject(value) && Object.hasOwn(value, name)) return value[name]
  return name === '0' && value !== null ? value : undefined
}

/** Whether a step is the number of an item, as it counts in lists. */
export function isIndex(name: string): boolean {
  return /^(?:0|[1-9]\d{0,8})$/.test(name)
}

function itemsOf(value: Value): Value[] | null {
  if (value === null) return null
  return Array.isArray(value) ? value : [value]
}
