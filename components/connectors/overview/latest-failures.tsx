import Link from 'next/link'
import { RequestList } from '@/components/activity/request-list'
import { Section } from '@/components/ui/section'
import type { RequestSummary } from '@/lib/request-log/views'

/** The latest requests of a connector that did not succeed. */
export function LatestFailures({ connectorId, requests }: { connectorId: string; requests: RequestSummary[] }) {
  return (
    <Section title="Latest failed requests">
      {requests.length === 0 ? (
        <p className="text-muted">No failed requests.</p>
      ) : (
        <>
          <RequestList groups={requests.map((head) => ({ head, steps: [], hasMore: false }))} />
          <Link
            href={`/activity?connector=${connectorId}`}
            className="justify-self-start text-accent-text hover:underline"
          >
            Show all requests
          </Link>
        </>
      )}
    </Section>
  )
}
