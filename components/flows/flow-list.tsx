import Link from 'next/link'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/row-link'
import { SortHeader } from '@/components/ui/sort-header'
import { StatusBadge } from '@/components/ui/status-badge'
import { Table } from '@/components/ui/table'
import type { ShownStatus } from '@/lib/domain/vocabulary'
import type { FlowSummary } from '@/lib/flows/views'

export function FlowList({ flows }: { flows: FlowSummary[] }) {
  return (
    <Table label="Process flows" stacked className="md:table-fixed">
      <thead>
        <tr>
          <SortHeader field="name" label="Name" defaultSort="name" />
          <th scope="col" className="w-20">
            Shapes
          </th>
          <th scope="col" className="w-64">
            State
          </th>
          <SortHeader field="updated" label="Changed" defaultSort="name" className="w-36" />
        </tr>
      </thead>
      <tbody>
        {flows.map((flow) => (
          <tr key={flow.id}>
            <td className="break-words">
              <RowLink href={`/flows/${flow.id}`}>{flow.name}</RowLink>
              {flow.description && <p className="truncate text-muted max-md:whitespace-normal">{flow.description}</p>}
            </td>
            <td className="tabular" data-label="Shapes">
              {flow.shapes}
            </td>
            <td>
              <FlowState flow={flow} />
            </td>
            <td className="whitespace-nowrap text-muted" data-label="Changed">
              <RelativeTime at={flow.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

const shownStopped = 3
const stoppedWords: Partial<Record<ShownStatus, { is: string; fix: string }>> = {
  failing: { is: 'is failing', fix: 'Open settings' },
  needs_authorising_again: { is: 'needs authorising again', fix: 'Authorise again' },
  disabled: { is: 'is disabled', fix: 'Enable' },
}

function FlowState({ flow }: { flow: FlowSummary }) {
  if (flow.shapes === 0) {
    return (
      <StatusBadge tone="neutral" quiet>
        Empty
      </StatusBadge>
    )
  }
  const { shapesNeedingAttention: count } = flow
  if (count === 0) {
    return (
      <StatusBadge tone="ok" quiet>
        Ready
      </StatusBadge>
    )
  }
  return (
    <div className="grid gap-1">
      <StatusBadge tone={flow.stopped.some(({ status }) => status !== 'disabled') ? 'bad' : 'warn'} quiet>
        {count === 1 ? '1 shape needs attention' : `${count} shapes need attention`}
      </StatusBadge>
      {flow.stopped.slice(0, shownStopped).map(({ id, name, status }) => (
        <p key={id} className="text-sm text-muted">
          {name} {stoppedWords[status]?.is}:{' '}
          <Link href={`/instances/${id}`} className="rounded-sm text-accent-text hover:underline">
            {stoppedWords[status]?.fix}
            <span className="sr-only"> of {name}</span>
          </Link>
        </p>
      ))}
    </div>
  )
}
