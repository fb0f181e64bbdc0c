import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/row-link'
import { Table } from '@/components/ui/table'
import { RequestOutcomeBadge } from '@/components/activity/request-outcome-badge'
import { type RequestSummary } from '@/lib/request-log/views'
import { requestPurposes } from '@/lib/request-log/words'

/** The request log, newest first. */
export function RequestList({ requests }: { requests: RequestSummary[] }) {
  return (
    <Table label="Requests" stacked>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col">Request</th>
          <th scope="col">Outcome</th>
          <th scope="col" className="text-right">
            Duration
          </th>
          <th scope="col">By</th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <tr key={request.id}>
            <td className="whitespace-nowrap text-muted">
              <RelativeTime at={request.at} />
            </td>
            <td className="min-w-40">
              <RowLink href={`/activity/requests/${request.id}?at=${encodeURIComponent(request.at)}`}>
                {requestPurposes[request.purpose]}
              </RowLink>
              <p className="break-words text-muted">{request.subject}</p>
            </td>
            <td
              className="max-w-96 truncate font-mono max-md:break-all text-xs"
              title={`${request.httpMethod} ${request.url}`}
            >
              {request.httpMethod} {request.url}
            </td>
            <td className="min-w-40 max-w-72">
              <RequestOutcomeBadge outcome={request.outcome} status={request.status} />
              {request.reason !== null && <p className="break-words text-muted">{request.reason}</p>}
            </td>
            <td data-label="Duration" className="tabular text-right whitespace-nowrap text-muted">
              {request.durationMs} ms
            </td>
            <td data-label="By" className="whitespace-nowrap">
              {request.person ?? 'Patchbay'}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
