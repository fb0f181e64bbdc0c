import type { OutboundResponse } from '../http-messages'
import { findInResponses, textOfValue } from './response-source'

/** A rule on the body of a response: where the path finds something, or this value. */
export type BodyRule = { path: string; value: string }

/** In bytes. A response that tells of an expired token or of rejected credentials is short (DATA §13). */
export const longestNotice = 262_144

/** Whether the response fits the rule; without a value it is enough that the path finds something. */
export function fitsBodyRule(rule: BodyRule | null, response: OutboundResponse): boolean {
  if (rule === null || rule.path.trim() === '' || response.body.length > longestNotice) return false
  const found = findInResponses([response], rule.path)
  if (found === undefined || found === null) return false
  return rule.value.trim() === '' || textOfValue(found).trim() === rule.value.trim()
}
