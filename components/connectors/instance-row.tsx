import { FileBadge } from 'lucide-react'
import Link from 'next/link'
import { InstanceFix } from '@/components/instances/instance-fix'
import { InstanceStatusBadge } from '@/components/instances/instance-status-badge'
import { InstanceTags } from '@/components/instances/instance-tags'
import { cn } from '@/components/ui/cn'
import { IconLink } from '@/components/ui/icon-link'
import { RelativeTime } from '@/components/ui/relative-time'
import { SharedIcon } from '@/components/ui/shared-icon'
import { StatusBadge } from '@/components/ui/status-badge'
import type { InstanceLine } from '@/lib/connectors/views'
import { counted } from '@/lib/domain/counted'
import { isFailing } from '@/lib/domain/failing'

type InstanceRowProps = {
  instance: InstanceLine
  highlighted: boolean
  canRun: boolean
  /** In a list of its own; under a connector's card the rows are indented. */
  flush?: boolean
}

/** One instance of a connector: how it authenticates, whether that works, and what uses it. */
export function InstanceRow({ instance, highlighted, canRun, flush = false }: InstanceRowProps) {
  const href = `/instances/${instance.id}`
  return (
    <li
      className={cn(
        'grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-0.5 py-1.5 pr-2 pl-4 hover:bg-hover/60 md:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_13rem_minmax(0,1.6fr)_auto]',
        !flush && 'md:pl-16',
        highlighted && 'bg-ok-subtle',
      )}
    >
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <Link href={href} className="min-w-0 rounded-sm font-medium break-words hover:underline">
          {instance.name}
        </Link>
        <InstanceTags externalId={instance.externalId} labels={instance.labels} />
      </span>
      <span className="min-w-0 truncate text-sm text-muted max-md:col-start-1">{instance.methodName}</span>
      <span className="flex flex-wrap items-center gap-x-3 max-md:col-start-1">
        <InstanceStatusBadge status={instance.status} quiet />
        {instance.certificate && <CertificateBadge {...instance.certificate} />}
      </span>
      <span className="min-w-0 text-sm text-muted max-md:col-start-1">
        <Health instance={instance} />
        {' · '}
        {instance.flows === 0 ? 'not used by a flow' : `used by ${counted(instance.flows, 'flow')}`}
      </span>
      <IconLink
        size="sm"
        href={href}
        label={`Settings for ${instance.name}`}
        className="max-md:col-start-2 max-md:row-start-1"
      >
        <SharedIcon name="settings" />
      </IconLink>
      {(isFailing(instance.status) || instance.status === 'disabled') && (
        <div className="col-span-full flex flex-wrap items-start gap-x-2 gap-y-1 pb-1 text-sm">
          <span className="min-w-0 flex-1 basis-60 py-1 break-words">
            {instance.status === 'disabled' ? 'Nothing is sent with it.' : instance.statusReason}
          </span>
          <InstanceFix instance={instance} canRun={canRun} />
        </div>
      )}
    </li>
  )
}

function Health({ instance }: { instance: InstanceLine }) {
  if (instance.unreachableSince !== null) {
    return (
      <span className="text-warn">
        unreachable since <RelativeTime at={instance.unreachableSince} />
      </span>
    )
  }
  if (instance.status === 'connected' || instance.status === 'not_verified') {
    return instance.lastVerifiedAt ? (
      <>
        checked <RelativeTime at={instance.lastVerifiedAt} />
      </>
    ) : (
      'never checked'
    )
  }
  return (
    <>
      since <RelativeTime at={instance.statusSince} />
      {instance.statusReason && !isFailing(instance.status) && <span>: {instance.statusReason}</span>}
    </>
  )
}

function CertificateBadge({ state, words }: NonNullable<InstanceLine['certificate']>) {
  return (
    <StatusBadge tone={state === 'expired' ? 'bad' : 'warn'} icon={FileBadge} quiet>
      {words}
    </StatusBadge>
  )
}
