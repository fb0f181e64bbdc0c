import { RequestRow } from '@/components/activity/request-row'
import { RequestSteps } from '@/components/activity/request-steps'
import { Table } from '@/components/ui/table'
import type { RequestGroup } from '@/lib/request-log/views'

/** The request log, with one row per action. If an action sent several requests, they are listed below its row. */
export function RequestList({ groups }: { groups: RequestGroup[] }) {
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
        {groups.flatMap((group) => [
          <RequestRow key={group.head.id} request={group.head} />,
          group.steps.length > 1 && (
            <tr key={`${group.head.id} steps`} className="border-t-0! hover:bg-transparent!">
              <td colSpan={6} className="h-auto! pt-0!">
                {/* Long addresses are cut: they must not widen the columns. */}
                <div className="w-0 min-w-full">
                  <RequestSteps {...group} />
                </div>
              </td>
            </tr>
          ),
        ])}
      </tbody>
    </Table>
  )
}
