import { isObject } from '../is-object'
import { refuse, succeed, type Result } from '../result'

const deepest = 16

/** The names in a path such as `variables.after` or `$.variables.after`. Only objects, because a list has no such place. */
export function readBodyPath(path: string): Result<string[]> {
  const names = path.trim().replace(/^\$\./, '').split('.')
  if (names.length <= deepest && names.every((name) => /^[\w@:#-]+$/.test(name))) return succeed(names)
  return refuse('invalid_input', 'Write where it is in the JSON body as names with dots, such as variables.after.')
}

/**
 * A JSON body with a value at a path. Objects that are missing on the way are added.
 * @param body JSON text
 */
export function withValueAt(body: string, path: string, value: string | number): Result<string> {
  const names = readBodyPath(path)
  if (!names.ok) return names
  const json: unknown = body === '' ? {} : JSON.parse(body)
  const changed = setAt(json, names.value, value)
  if (changed !== undefined) return succeed(JSON.stringify(changed))
  return refuse('invalid_input', `The page cannot be sent at ${path}: the body of the request has no object there.`)
}

function setAt(json: unknown, [name, ...rest]: readonly string[], value: string | number): unknown {
  if (name === undefined) return value
  if (!isObject(json)) return undefined
  const own = Object.hasOwn(json, name) ? json[name] : {}
  const inner = setAt(own ?? {}, rest, value)
  return inner === undefined
    ? undefined
    : Object.fromEntries([...Object.entries(json).filter(([key]) => key !== name), [name, inner]])
}
