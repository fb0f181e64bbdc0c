import { diffLines } from 'diff'
import type { Compared } from './api'

const signs = { added: '+', changed: '~', removed: '-', left: ' ' } as const
const kinds = {
  connector: 'connector',
  variable: 'variable',
  parameters: 'parameters',
  method: 'method',
  endpoint: 'endpoint',
  schema: 'schema',
} as const

type Change = Compared['changes'][number]

/** The differences between a file and the connector, part by part, with the lines that differ. */
export function showChanges(changes: readonly Change[]): string {
  return changes
    .map((change) => {
      const { kind, key, name } = change
      const heading = `${signs[change.change]} ${[kinds[kind], key || name].join(' ').trim()}${noteOn(change)}`
      return change.change === 'left' ? heading : [heading, ...linesOf(change)].join('\n')
    })
    .join('\n')
}

function noteOn({ change }: Change): string {
  return change === 'left' ? ' (not in the file; it stays)' : ''
}

function linesOf({ before, after }: Change): string[] {
  return diffLines(before ?? '', after ?? '').flatMap(({ value, added, removed }) => {
    if (!added && !removed) return []
    return value
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `    ${added ? '+' : '-'} ${line}`)
  })
}
