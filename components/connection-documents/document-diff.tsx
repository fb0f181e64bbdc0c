import { diffLines } from 'diff'
import { cn } from '@/components/ui/cn'

type DocumentDiffProps = { before: string; after: string; label: string }

const mark = { added: '+', removed: '−', same: ' ' } as const

/**
 * Two documents compared line by line: removed and added lines, marked with a sign because colour alone is not enough.
 */
export function DocumentDiff({ before, after, label }: DocumentDiffProps) {
  const lines = diffLines(before, after).flatMap(({ value, added, removed }) => {
    const kind = added ? 'added' : removed ? 'removed' : 'same'
    return value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => ({ kind, text }) as const)
  })
  const changed = lines.some(({ kind }) => kind !== 'same')
  if (!changed) return <p className="text-muted">There are no differences.</p>
  return (
    <pre
      role="region"
      aria-label={label}
      tabIndex={0}
      className="max-h-80 overflow-auto rounded-md border bg-subtle py-2 text-xs leading-5"
    >
      {lines.map(({ kind, text }, index) => (
        <div
          key={index}
          className={cn(
            'px-3 whitespace-pre',
            kind === 'added' && 'bg-ok-subtle',
            kind === 'removed' && 'bg-bad-subtle',
          )}
        >
          <span aria-hidden className="mr-2 inline-block w-2 text-muted select-none">
            {mark[kind]}
          </span>
          {kind !== 'same' && <span className="sr-only">{kind === 'added' ? 'Added: ' : 'Removed: '}</span>}
          {text}
        </div>
      ))}
    </pre>
  )
}
