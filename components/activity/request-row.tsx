import { ActorName } from '@/components/activity/actor-name'
import { RequestOutcomeBadge } from '@/components/activity/request-outcome-badge'
import { requestPath } from '@/components/activity/request-path'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/row-link'
import type { RequestSummary } from '@/lib/request-log/views'
import { requestPurposes } from '@/lib/request-log/words'

/** One request in a table of requests. */
export function RequestRow({ request }: { request: RequestSummary }) {
  const line = `${request.httpMethod} ${request.url}`
  return (
    <tr>
      <td className="whitespace-nowrap text-muted">
        <RelativeTime at={request.at} />
      </td>
      <td className="min-w-40">
        <RowLink href={requestPath(request)}>{requestPurposes[request.purpose]}</RowLink>
        <p className="break-words text-muted">{request.subject}</p>
      </td>
      <td className="max-w-96 truncate font-mono max-md:break-all text-xs" title={line}>
        {line}
      </td>
      <td className="max-w-72 min-w-40">
        <RequestOutcomeBadge outcome={request.outcome} status={request.status} />
        {request.reason !== null && <p className="break-words text-muted">{request.reason}</p>}
      </td>
      <td data-label="Duration" className="tabular text-right whitespace-nowrap text-muted">
        {request.durationMs} ms
      </td>
      <td data-label="By" className="whitespace-nowrap">
        <ActorName name={request.person} keyId={request.keyId} />
      </td>
    </tr>
  )
}
