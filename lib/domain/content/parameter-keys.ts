import type { ParameterLocation } from '../vocabulary'

/** Compares keys of parameters. This file has no imports that load code, because pages use it too. */

/** Whether two keys of a location are the same. Only header names ignore case. @see RFC 9110 §5.1 */
export function isSameKey(location: ParameterLocation, one: string, other: string): boolean {
  return comparedKey(location, one) === comparedKey(location, other)
}

export function comparedKey(location: ParameterLocation, key: string): string {
  return location === 'header' ? key.toLowerCase() : key
}
