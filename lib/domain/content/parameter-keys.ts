import type { ParameterLocation } from '../vocabulary'

/** Keys of parameters compared. This file loads nothing, because the browser does it too. */

/** Whether two keys of a location are the same one. Only headers are named without regard to case. @see RFC 9110 §5.1 */
export function isSameKey(location: ParameterLocation, one: string, other: string): boolean {
  return comparedKey(location, one) === comparedKey(location, other)
}

export function comparedKey(location: ParameterLocation, key: string): string {
  return location === 'header' ? key.toLowerCase() : key
}
