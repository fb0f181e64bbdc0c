import { SinceLastSuccess } from '@/components/instances/timeline/since-last-success'
import { TimelineEntry } from '@/components/instances/timeline/timeline-entry'
import { ButtonLink } from '@/components/ui/button-link'
import type { Timeline as TimelineView } from '@/lib/activity/timeline/views'

type TimelineProps = {
  timeline: TimelineView
  /** The address of the tab, without a cursor. */
  href: string
  isFirstPage: boolean
  connectorName: string
}

/** What happened to an instance, newest first, 30 events at a time. */
export function Timeline({ timeline, href, isFirstPage, connectorName }: TimelineProps) {
  const { events, nextCursor, sinceLastSuccess } = timeline
  return (
    <div className="grid gap-4">
      {sinceLastSuccess && <SinceLastSuccess since={sinceLastSuccess} connectorName={connectorName} />}
      {events.length === 0 ? (
        <p className="text-muted">Nothing has happened yet. Requests, token refreshes and changes will appear here.</p>
      ) : (
        <ol aria-label="Timeline" className="grid">
          {events.map((event) => (
            <TimelineEntry key={event.id} event={event} />
          ))}
        </ol>
      )}
      <nav aria-label="Pages of the timeline" className="flex flex-wrap gap-2">
        {!isFirstPage && (
          <ButtonLink size="sm" href={href}>
            Newest
          </ButtonLink>
        )}
        {nextCursor !== null && (
          <ButtonLink size="sm" href={`${href}&after=${nextCursor}`}>
            Older
          </ButtonLink>
        )}
      </nav>
    </div>
  )
}
