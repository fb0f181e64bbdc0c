import { EndSession } from '@/components/profile/end-session'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { Table } from '@/components/ui/table'
import type { SessionView } from '@/lib/people/session-views'

export function SessionList({ sessions }: { sessions: SessionView[] }) {
  return (
    <Table label="Sessions" stacked>
      <thead>
        <tr>
          <th scope="col">Device</th>
          <th scope="col">Address</th>
          <th scope="col">Signed in</th>
          <th scope="col">Last seen</th>
          <th scope="col">
            <span className="sr-only">End</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id}>
            <td className="min-w-0 break-words">
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className="font-medium">{session.device}</span>
                {session.isCurrent && <Badge tone="accent">This session</Badge>}
              </span>
              {session.otherWorkspace !== null && <p className="text-muted">in {session.otherWorkspace}</p>}
            </td>
            <td className="break-all" data-label="Address">
              {session.address === null ? <span className="text-muted">Unknown</span> : <code>{session.address}</code>}
            </td>
            <td className="whitespace-nowrap text-muted" data-label="Signed in">
              <RelativeTime at={session.signedInAt} />
            </td>
            <td className="whitespace-nowrap text-muted" data-label="Last seen">
              <RelativeTime at={session.lastSeenAt} />
            </td>
            <td className="text-right">{!session.isCurrent && <EndSession session={session} />}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
