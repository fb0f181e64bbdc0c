import { isObject } from '../is-object'
import { memberOf } from './json-path'

/** A list of records in a response, as an endpoint's data path names it. */
export type RecordPath = { path: string; records: number }

const deepest = 6
const mostVisited = 2_000
const mostPaths = 8

/**
 * The lists of objects in a JSON response: proposals for an endpoint's *data path*, the longest list first. Lists
 * inside records are not proposed, because they belong to their record.
 * @returns at most 8 paths; for each, `countRecords` finds the same number
 */
export function recordPaths(json: unknown): RecordPath[] {
  const found: RecordPath[] = []
  const nodes: { value: unknown; path: string; depth: number }[] = [{ value: json, path: '$', depth: 0 }]
  for (let index = 0; index < nodes.length; index += 1) {
    const { value, path, depth } = nodes[index]!
    if (Array.isArray(value)) {
      if (value.length > 0 && value.every(isObject)) found.push({ path, records: value.length })
    } else if (isObject(value) && depth < deepest) {
      for (const [key, child] of Object.entries(value).slice(0, mostVisited - nodes.length))
        nodes.push({ value: child, path: path + memberOf(key), depth: depth + 1 })
    }
  }
  return found.sort((one, other) => other.records - one.records).slice(0, mostPaths)
}
