import type { CallToolResult } from '@modelcontextprotocol/server'
import type { ApiRefusal } from '@/lib/api/problem'
import { cut } from './cut'

/** Results of tools: structured content with the same as text, for clients that read only text. */

/** For the whole result. An agent has to read it, so much less is usual. */
export const mostResultBytes = 64 * 1024

export function resultOf(value: object): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: { ...value } }
}

/** A refusal may quote a name from the input, which can be as long as a request. */
const longestRefusal = 16_000

/** The refusal in words, with its code, as the REST API says it. It is not what the tool's schema promises: only text. */
export function refusalResult({ headers: _, ...refusal }: ApiRefusal): CallToolResult {
  const { code, message } = refusal
  const whole = JSON.stringify(refusal)
  const text = whole.length <= longestRefusal ? whole : JSON.stringify({ code, message: cut(message, 1_000) })
  return { content: [{ type: 'text', text }], isError: true }
}
