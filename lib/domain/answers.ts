import type { OutboundAnswer } from './definitions'
import { createRedactor } from './redaction'

/** Reading what a third party sent back. */

export function headerOf(answer: Pick<OutboundAnswer, 'headers'>, name: string): string | null {
  const lower = name.toLowerCase()
  return answer.headers.find(([candidate]) => candidate.toLowerCase() === lower)?.[1] ?? null
}

export function textOf(answer: Pick<OutboundAnswer, 'body'>): string {
  return new TextDecoder('utf-8').decode(answer.body)
}

/** The answer as JSON; undefined where it is none, whatever its content type says. */
export function jsonOf(answer: Pick<OutboundAnswer, 'body'>): unknown {
  try {
    return JSON.parse(textOf(answer))
  } catch {
    return undefined
  }
}

/** The pairs of a form-encoded answer; undefined where it is none. */
export function formOf(answer: OutboundAnswer): Record<string, string> | undefined {
  const text = textOf(answer).trim()
  const named = headerOf(answer, 'content-type')?.includes('application/x-www-form-urlencoded') ?? false
  if (!named && !/^[\w.\-%]+=[^\s<>]*$/.test(text)) return undefined
  return Object.fromEntries(new URLSearchParams(text))
}

const reasonLength = 300
const reasonKeys = ['error_description', 'message', 'error_message', 'detail', 'title', 'description', 'reason', 'error', 'errors', 'fault']

/**
 * What the third party says went wrong, for a person; empty where it says nothing readable. Secrets that it repeats are
 * removed before the text is cut: half of one could not be found any more.
 */
export function reasonOf(answer: OutboundAnswer, secrets: readonly string[]): string {
  const json = jsonOf(answer) ?? formOf(answer)
  const text = json === undefined ? plainReason(answer) : reasonIn(json, 0)
  return createRedactor({ secrets })
    .text(text)
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, reasonLength)
}

function plainReason(answer: OutboundAnswer): string {
  const text = textOf({ body: answer.body.subarray(0, 65_536) })
  const looksLikeHtml = /<(?:!doctype|html|head|body)/i.test(text)
  return looksLikeHtml ? (/<title[^<>]*>([^<]*)/i.exec(text)?.[1] ?? '') : text
}

function reasonIn(json: unknown, depth: number): string {
  if (typeof json === 'string') return json
  if (depth > 3 || typeof json !== 'object' || json === null) return ''
  if (Array.isArray(json)) return reasonIn(json[0], depth + 1)
  for (const key of reasonKeys) {
    const reason = Object.hasOwn(json, key) ? reasonIn((json as Record<string, unknown>)[key], depth + 1) : ''
    if (reason !== '') return reason
  }
  return ''
}
