import Link from 'next/link'
import { ConnectorIcon } from '@/components/connectors/connector-icon'
import { InstanceRow } from '@/components/connectors/instance-row'
import { InstanceStatusBadge } from '@/components/instances/instance-status-badge'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { IconLink } from '@/components/ui/icon-link'
import { SharedIcon } from '@/components/ui/shared-icon'
import type { ConnectorSummary } from '@/lib/connectors/views'
import { counted } from '@/lib/domain/counted'
import { systemTypes } from '@/lib/domain/vocabulary'

type ConnectorCardProps = {
  connector: ConnectorSummary
  /** A name for accessible labels that is unique on the page, which may list two versions of the connector. */
  spokenName: string
  canChange: boolean
  canRun: boolean
  /** The instance that was just authorised. */
  highlightedId: string | null
  /** The list of all its instances; null if the card already lists all of them. */
  allHref: string | null
}

export function ConnectorCard({
  connector,
  spokenName,
  canChange,
  canRun,
  highlightedId,
  allHref,
}: ConnectorCardProps) {
  const { id, name, versionLabel, systemType, endpoints, methods, instances, instancesMatching } = connector
  const hidden = instancesMatching - instances.length
  return (
    <section aria-label={spokenName} className="overflow-hidden rounded-lg border bg-surface">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5 pr-2 pl-4">
        <ConnectorIcon name={name} icon={connector.icon} />
        <div className="min-w-0 grow basis-48">
          <h2 className="flex flex-wrap items-center gap-x-2 gap-y-1 text-base font-semibold">
            <Link href={`/connectors/${id}/overview`} className="min-w-0 rounded-sm break-words hover:underline">
              {name}
            </Link>
            {versionLabel && <Badge tone="outline">{versionLabel}</Badge>}
            {connector.disabled && <InstanceStatusBadge status="disabled" />}
          </h2>
          <p className="tabular text-sm text-muted">
            {systemTypes[systemType]} · {counted(endpoints, 'endpoint')} · {counted(methods, 'method')}
          </p>
        </div>
        {connector.pendingOrigins > 0 && (
          <Link
            href={`/connectors/${id}`}
            className="inline-flex items-center gap-1 rounded-sm text-sm text-warn hover:underline"
          >
            <SharedIcon name="triangle-alert" className="size-4" />
            {counted(connector.pendingOrigins, 'new address', 'new addresses')} to confirm
          </Link>
        )}
        <div className="flex items-center gap-1 max-sm:grow max-sm:justify-between">
          {canChange && (
            <ButtonLink
              size="sm"
              href={`/instances/new?connector=${id}`}
              aria-label={`Add new instance for ${spokenName}`}
            >
              <SharedIcon name="plus" />
              Add new instance
            </ButtonLink>
          )}
          <IconLink size="sm" href={`/connectors/${id}`} label={`Settings for ${spokenName}`}>
            <SharedIcon name="settings" />
          </IconLink>
        </div>
      </header>
      {instances.length > 0 ? (
        <ul aria-label={`Instances of ${spokenName}`} className="divide-y border-t">
          {instances.map((instance) => (
            <InstanceRow
              key={instance.id}
              instance={instance}
              highlighted={instance.id === highlightedId}
              canRun={canRun}
            />
          ))}
        </ul>
      ) : (
        <p className="border-t px-4 py-2 text-sm text-muted md:pl-16">
          {connector.instancesTotal === 0
            ? 'No instances yet: an instance stores the credentials for one authentication method.'
            : 'None of its instances match.'}
        </p>
      )}
      {hidden > 0 && allHref && (
        <Link
          href={allHref}
          className="block border-t px-4 py-2 text-sm text-accent-text hover:underline md:pl-16"
          aria-label={`Show all ${counted(instancesMatching, 'instance')} of ${spokenName}`}
        >
          Show all {counted(instancesMatching, 'instance')}
        </Link>
      )}
    </section>
  )
}
