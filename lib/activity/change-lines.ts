/** What mutations record as `changes`, as lines a person can read: "from → to", a word, or a list. */
export function changeLines(changes: Record<string, unknown>): { name: string; text: string }[] {
  return Object.entries(changes).flatMap(([name, change]) => {
    if (isEmpty(change)) return []
    if (isGroup(change)) return changeLines(change).map((line) => ({ ...line, name: `${name}.${line.name}` }))
    return [{ name, text: textOf(change) }]
  })
}

function isEmpty(change: unknown): boolean {
  return change === undefined || (Array.isArray(change) && change.length === 0)
}

/** Changes under one name, each with its own. */
function isGroup(change: unknown): change is Record<string, unknown> {
  return (
    typeof change === 'object' && change !== null && !Array.isArray(change) && !('from' in change) && !('to' in change)
  )
}

function textOf(change: unknown): string {
  if (Array.isArray(change)) return `${change.length > 5 ? `${change.length}: ` : ''}${change.map(shown).join(', ')}`
  if (typeof change !== 'object' || change === null) return shown(change)
  const { from, to } = change as { from?: unknown; to?: unknown }
  return `${shown(from)} → ${shown(to)}`
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'empty'
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.map(shown).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
