import type { OutboundAnswer } from '@/lib/domain/definitions'

const masked = '•••'
const shownKeys = new Set(['error', 'error_description', 'error_uri', 'token_type', 'expires_in', 'scope'])

/**
 * A token answer as the log may hold it: its shape without its values. Redaction by value cannot help here: where
 * nobody found the token, nobody knows which of the values it is.
 */
export function maskTokenAnswer(answer: OutboundAnswer): OutboundAnswer {
  const body = new TextEncoder().encode(maskText(new TextDecoder().decode(answer.body)))
  return { ...answer, body }
}

function maskText(text: string): string {
  if (text.trim() === '') return text
  try {
    return JSON.stringify(maskValue(JSON.parse(text), ''))
  } catch {
    return isForm(text) ? maskForm(text) : masked
  }
}

function isForm(text: string): boolean {
  return /^[^\s=&<>{}]+=[^\s<>{}]*$/.test(text.trim())
}

function maskForm(text: string): string {
  return [...new URLSearchParams(text)].map(([key, value]) => `${key}=${maskValue(value, key)}`).join('&')
}

function maskValue(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, key))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskValue(inner, name)]))
  }
  return value === null || shownKeys.has(key) ? value : masked
}
