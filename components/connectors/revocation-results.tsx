import Link from 'next/link'
import { StatusBadge, type Tone } from '@/components/ui/status-badge'
import { counted } from '@/lib/domain/counted'
import type { RevocationResult } from '@/lib/instances/revocation-views'

type RevocationResultsProps = {
  results: RevocationResult[]
  total: number
  state: 'running' | 'stopped' | 'done'
  name: string
}

const outcomes: Record<RevocationResult['outcome'], { tone: Tone; words: (name: string) => string }> = {
  revoked: { tone: 'ok', words: (name) => `Revoked at ${name}` },
  no_revoke_url: { tone: 'neutral', words: () => 'Removed here; no revoke URL' },
  not_revoked: { tone: 'bad', words: (name) => `Removed here; could not be revoked at ${name}` },
}

/** The progress, and the result for each instance. */
export function RevocationResults({ results, total, state, name }: RevocationResultsProps) {
  const shownTotal = Math.max(total, results.length)
  const failed = results.filter(({ outcome }) => outcome === 'not_revoked').length
  return (
    <section aria-label="Result" className="grid gap-2">
      <progress
        aria-label="Instances"
        max={state === 'done' ? Math.max(results.length, 1) : shownTotal}
        value={state === 'done' ? Math.max(results.length, 1) : results.length}
        className="h-2 w-full accent-accent"
      />
      <p role="status" className="tabular">
        {progressWords(state, results.length, shownTotal)}
        {failed > 0 && ` ${failed} could not be revoked at ${name}: do it there by hand.`}
      </p>
      {results.length > 0 && (
        <ul aria-label="Instances" tabIndex={0} className="max-h-64 divide-y overflow-y-auto rounded-lg border">
          {results.map(({ instanceId, name: instance, outcome, reason }) => (
            <li key={instanceId} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-1.5">
              <Link href={`/instances/${instanceId}`} className="min-w-0 grow rounded-sm break-words hover:underline">
                {instance}
              </Link>
              <StatusBadge tone={outcomes[outcome].tone} quiet className="h-auto whitespace-normal">
                {outcomes[outcome].words(name)}
              </StatusBadge>
              {reason !== '' && <span className="basis-full text-sm break-words text-muted">{reason}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function progressWords(state: RevocationResultsProps['state'], done: number, total: number): string {
  const count = (number: number) => counted(number, 'instance')
  if (state === 'done') return `Finished: ${count(done)}.`
  const so = `${done.toLocaleString('en-GB')} of ${count(total)}`
  return state === 'running' ? `Revoking: ${so}.` : `Stopped after ${so}.`
}
