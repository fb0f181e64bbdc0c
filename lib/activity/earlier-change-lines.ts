import { wordsOfName } from './words-of-name'

/** Rows of the audit log from before changes were recorded field by field: names with "from → to", a word, or a list. */
export function earlierChangeLines(changes: Record<string, unknown>): string[] {
  return Object.entries(changes).flatMap(([name, change]) => {
    if (change === undefined || (Array.isArray(change) && change.length === 0)) return []
    if (isGroup(change)) return earlierChangeLines(change)
    return [lineOf(wordsOfName(name), change)]
  })
}

/** Several changes under one name, each with its own name. */
function isGroup(change: unknown): change is Record<string, unknown> {
  return (
    typeof change === 'object' && change !== null && !Array.isArray(change) && !('from' in change) && !('to' in change)
  )
}

const words = ['set', 'replaced', 'removed', 'changed']

function lineOf(label: string, change: unknown): string {
  if (typeof change === 'string' && words.includes(change)) return `${label} ${change}`
  if (Array.isArray(change))
    return `${label}: ${change.length > 5 ? `${change.length}: ` : ''}${change.map(shown).join(', ')}`
  if (typeof change !== 'object' || change === null) return `${label}: ${shown(change)}`
  const { from, to } = change as { from?: unknown; to?: unknown }
  return `${label}: ${shown(from)} → ${shown(to)}`
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'empty'
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.map(shown).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
