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

/**
 * The differences between a file and the connector, part by part, with the lines that differ.
 * @param isShown which of them
 */
export function showChanges({ changes, totals }: Compared, isShown: (change: Change) => boolean = () => true): string {
  const lines = changes.filter(isShown).map((change) => {
    const { kind, key, name } = change
    const heading = `${signs[change.change]} ${[kinds[kind], key || name].join(' ').trim()}${noteOn(change)}`
    return change.change === 'left' ? heading : [heading, ...linesOf(change)].join('\n')
  })
  const listed = { added: 0, changed: 0, removed: 0, left: 0 }
  for (const { change } of changes) listed[change] += 1
  const more = Object.entries(totals).flatMap(([change, total]) => {
    const left = total - listed[change as keyof typeof listed]
    return left > 0 && isShown({ change } as Change) ? [`  … and ${left.toLocaleString('en')} more ${change}`] : []
  })
  return [...lines, ...more].join('\n')
}

/** How many differences there are, also those that are not listed. */
export const countOf = ({ added, changed, removed, left }: Compared['totals']) => ({
  made: added + changed + removed,
  all: added + changed + removed + left,
})

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
