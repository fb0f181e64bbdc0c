import Link from 'next/link'
import { counted } from '@/lib/domain/counted'
import type { EndpointDetail } from '@/lib/endpoints/views'

const link = 'text-foreground underline underline-offset-2'
const quietLink = 'rounded-sm hover:text-foreground hover:underline'

/** *What uses this*: the flows with a shape that calls the endpoint, and links to its requests and its changes. */
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
      {flowCount > flows.length && ` and ${counted(flowCount - flows.length, 'more flow')}`} ·{' '}
      <Link href={`/activity?endpoint=${id}`} className={quietLink}>
        Requests
      </Link>{' '}
      ·{' '}
      <Link href={`/activity/changes?object=endpoint&of=${id}`} className={quietLink}>
        History
      </Link>
    </p>
  )
}
