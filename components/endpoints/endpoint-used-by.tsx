import Link from 'next/link'
import type { EndpointDetail } from '@/lib/endpoints/views'

const link = 'text-foreground underline underline-offset-2'

/** *What uses this*: the flows with a shape that calls the endpoint; and who changed it when. */
export function EndpointUsedBy({ endpoint: { id, usedBy } }: { endpoint: EndpointDetail }) {
  const { flows, flowCount } = usedBy
  return (
    <p className="min-w-0 text-sm break-words text-muted">
      {flowCount === 0 ? 'Not used in a flow yet' : 'Used by '}
      {flows.map((flow, index) => (
        <span key={flow.id}>
          {index > 0 && ', '}
          <Link href={`/flows/${flow.id}`} className={link}>
            {flow.name}
          </Link>
        </span>
      ))}
      {flowCount > flows.length && ` and ${flowCount - flows.length} more flows`} ·{' '}
      <Link href={`/activity/changes?object=endpoint&of=${id}`} className="hover:text-foreground hover:underline">
        History
      </Link>
    </p>
  )
}
