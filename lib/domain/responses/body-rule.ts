import type { OutboundResponse } from '../http-messages'
import { findInResponses, textOfValue } from './response-source'

/** A rule about the body of a response: the path finds something, or finds this value. */
export type BodyRule = { path: string; value: string }

/** In bytes. A response that reports an expired token or rejected credentials is short (DATA §13). */
export const longestNotice = 262_144

/** Whether the response matches the rule. Without a value it is enough that the path finds something. */
export function fitsBodyRule(rule: BodyRule | null, response: OutboundResponse): boolean {
  if (rule === null || rule.path.trim() === '' || response.body.length > longestNotice) return false
  const found = findInResponses([response], rule.path)
  if (found === undefined || found === null) return false
  return rule.value.trim() === '' || textOfValue(found).trim() === rule.value.trim()
}
