import type { CallToolResult } from '@modelcontextprotocol/server'
import type { ApiRefusal } from '@/lib/api/problem'

/** Results of tools: structured content with the same as text, for clients that read only text. */

/** For the whole result. An agent has to read it, so much less is usual. */
export const mostResultBytes = 64 * 1024

export function resultOf(value: object): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: { ...value } }
}

/** The refusal in words, with its code, as the REST API says it. It is not what the tool's schema promises: only text. */
export function refusalResult({ headers: _, ...refusal }: ApiRefusal): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(refusal) }], isError: true }
}

/** What a value takes in a result: once as JSON, and once as JSON within a text. */
export function bytesOf(value: unknown): number {
  const json = JSON.stringify(value)
  return Buffer.byteLength(json) + Buffer.byteLength(JSON.stringify(json))
}
