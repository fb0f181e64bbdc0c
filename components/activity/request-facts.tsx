import Link from 'next/link'
import { ActorName } from '@/components/activity/actor-name'
import { RequestOutcomeBadge } from '@/components/activity/request-outcome-badge'
import { KeyValueList } from '@/components/ui/key-value-list'
import { RelativeTime } from '@/components/ui/relative-time'
import type { RequestDetail } from '@/lib/request-log/views'
import { requestPurposes } from '@/lib/request-log/words'

const link = 'rounded-sm underline underline-offset-2'

/** What was called, when, by whom, and how it ended. */
export function RequestFacts({ request }: { request: RequestDetail }) {
  const { outcome, status, purpose, at, person, keyId, durationMs, instanceId, subject, correlationId } = request
  return (
    <KeyValueList
      items={[
        { label: 'Outcome', value: <RequestOutcomeBadge outcome={outcome} status={status} /> },
        { label: 'Purpose', value: requestPurposes[purpose] },
        { label: 'When', value: <RelativeTime at={at} /> },
        { label: 'By', value: <ActorName name={person} keyId={keyId} /> },
        { label: 'Duration', value: `${durationMs} ms` },
        {
          label: 'Instance',
          value: instanceId && (
            <Link href={`/instances/${instanceId}`} className={link}>
              {subject}
            </Link>
          ),
        },
        {
          label: 'Trace ID',
          value: (
            <Link href={`/activity?trace=${correlationId}`} className={link}>
              <code>{correlationId}</code>
            </Link>
          ),
        },
      ]}
    />
  )
}
