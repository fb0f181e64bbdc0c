import { ArrowRightLeft, KeyRound, PencilLine, CircleCheck, HeartPulse, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ChangeDetails } from '@/components/activity/change-details'
import { RequestOutcomeBadge } from '@/components/activity/request-outcome-badge'
import { requestPath } from '@/components/activity/request-path'
import { InstanceStatusBadge } from '@/components/instances/instance-status-badge'
import { changedObject } from '@/components/instances/timeline/changed-object'
import { RelativeTime } from '@/components/ui/relative-time'
import type { TimelineEvent } from '@/lib/activity/timeline/views'
import { counted } from '@/lib/domain/counted'
import { requestPurposes } from '@/lib/request-log/words'

/** One event: what happened, when, and the details. */
export function TimelineEntry({ event }: { event: TimelineEvent }) {
  const { icon: Icon, title, details } = partsOf(event)
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2.5 border-b py-2.5 last:border-b-0">
      <Icon aria-hidden className="mt-0.5 size-4 text-muted" />
      <div className="grid min-w-0 gap-0.5 break-words">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <div className="min-w-0">{title}</div>
          <RelativeTime at={event.at} className="text-xs whitespace-nowrap text-muted" />
        </div>
        {details && <div className="text-muted">{details}</div>}
      </div>
    </li>
  )
}

type Parts = { icon: LucideIcon; title: ReactNode; details?: ReactNode }

function partsOf(event: TimelineEvent): Parts {
  switch (event.kind) {
    case 'change':
      return {
        icon: PencilLine,
        title: `${event.what} ${changedObject(event)}`,
        details: (
          <>
            <p>
              {event.person}
              {event.address && ` from ${event.address}`}
            </p>
            <ChangeDetails changes={event.changes} />
          </>
        ),
      }
    case 'status':
      return {
        icon: HeartPulse,
        title: (
          <span className="inline-flex flex-wrap items-center gap-1.5">
            Status <InstanceStatusBadge status={event.before} /> <span aria-hidden>→</span>
            <span className="sr-only">became</span>
            <InstanceStatusBadge status={event.after} />
          </span>
        ),
        details: event.reason,
      }
    case 'request':
      return requestParts(event)
    case 'successes':
      return { icon: CircleCheck, title: successWords(event) }
  }
}

function requestParts(event: Extract<TimelineEvent, { kind: 'request' }>): Parts {
  const isToken = event.purpose === 'refresh' || event.purpose === 'exchange'
  return {
    icon: isToken ? KeyRound : ArrowRightLeft,
    title: (
      <span className="inline-flex flex-wrap items-center gap-x-2">
        <Link href={requestPath(event)} className="rounded-sm font-medium underline-offset-2 hover:underline">
          {requestPurposes[event.purpose]}
        </Link>
        <RequestOutcomeBadge outcome={event.outcome} status={event.status} />
      </span>
    ),
    details: (
      <>
        <p className="font-mono text-xs break-all">
          {event.httpMethod} {event.url}
        </p>
        {event.errorMessage && <p>{event.errorMessage}</p>}
      </>
    ),
  }
}

function successWords({ count, more }: Extract<TimelineEvent, { kind: 'successes' }>): string {
  if (more) return `More than ${count.toLocaleString('en-GB')} successful requests`
  return counted(count, 'successful request')
}
