import Link from 'next/link'
import type { EndpointDetail } from '@/lib/endpoints/views'

/** *What uses this*: the flows with a shape that calls the endpoint. */
export function EndpointUsedBy({ usedBy: { flows, flowCount } }: Pick<EndpointDetail, 'usedBy'>) {
  if (flowCount === 0) return <p className="text-sm text-muted">Not used in a flow yet</p>
  return (
    <p className="text-sm text-muted">
      Used by{' '}
      {flows.map((flow, index) => (
        <span key={flow.id}>
          {index > 0 && ', '}
          <Link href={`/flows/${flow.id}`} className="text-foreground underline underline-offset-2">
            {flow.name}
          </Link>
        </span>
      ))}
      {flowCount > flows.length && ` and ${flowCount - flows.length} more flows`}
    </p>
  )
}
