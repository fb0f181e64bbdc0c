import Link from 'next/link'
import { RequestOutcomeBadge } from '@/components/activity/request-outcome-badge'
import { requestPath } from '@/components/activity/request-path'
import type { RequestGroup, RequestSummary } from '@/lib/request-log/views'
import { requestPurposes } from '@/lib/request-log/words'

/**
 * All requests of one action, in order, below the row of its last request. They are open from the start if the filter
 * found an earlier request, because the person wants to see what came after it.
 */
export function RequestSteps({ head, steps, hasMore }: RequestGroup) {
  return (
    <details className="group" open={head.id !== steps.at(-1)?.id}>
      <summary className="inline-flex min-h-6 cursor-pointer items-center rounded-sm text-muted hover:text-foreground">
        {hasMore ? `The last ${steps.length} requests` : `${steps.length} requests`} of this action
      </summary>
      <ol aria-label="Requests of this action" className="mt-1 mb-2 grid gap-1.5 border-l pl-3">
        {steps.map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </ol>
      {hasMore && (
        <Link href={`/activity?trace=${head.correlationId}`} className="rounded-sm text-accent-text hover:underline">
          Show all requests of this action
        </Link>
      )}
    </details>
  )
}

function Step({ step }: { step: RequestSummary }) {
  return (
    <li className="grid min-w-0 gap-x-3 md:flex md:items-baseline">
      <Link href={requestPath(step)} className="shrink-0 rounded-sm font-medium hover:underline md:w-36">
        {requestPurposes[step.purpose]}
      </Link>
      <span className="min-w-0 truncate font-mono text-xs max-md:break-all max-md:whitespace-normal md:grow">
        {step.httpMethod} {step.url}
      </span>
      <RequestOutcomeBadge outcome={step.outcome} status={step.status} />
      <span className="tabular shrink-0 text-muted">{step.durationMs} ms</span>
    </li>
  )
}
