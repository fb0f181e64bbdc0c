import Link from 'next/link'
import type { MethodDetail } from '@/lib/authentication-methods/views'
import { counted } from '@/lib/domain/counted'

/** What uses this method: the names of its instances, and how many endpoints accept it. */
export function MethodUsedBy({ method }: { method: MethodDetail }) {
  const { instances, instanceCount, enabledEndpoints, endpoints } = method.usedBy
  const more = instanceCount - instances.length
  return (
    <p className="min-w-0 text-sm break-words text-muted">
      {endpoints > 0 && 'On for '}
      <Link
        href={`/connectors/${method.connectorId}/endpoints/matrix`}
        className="text-foreground underline underline-offset-2"
      >
        {endpoints === 0
          ? 'No endpoints yet'
          : `${enabledEndpoints.toLocaleString('en-GB')} of ${counted(endpoints, 'endpoint')}`}
      </Link>
      {instanceCount === 0 && ' · no instance uses it yet'}
      {instances.map(({ id, name }, index) => (
        <span key={id}>
          {index === 0 ? ' · used by ' : ', '}
          <Link href={`/instances/${id}`} className="text-foreground underline underline-offset-2">
            {name}
          </Link>
        </span>
      ))}
      {more > 0 && ` and ${more} more`} ·{' '}
      <Link
        href={`/activity/changes?object=authentication_method&of=${method.id}`}
        className="hover:text-foreground hover:underline"
      >
        History
      </Link>
    </p>
  )
}
