import { ExternalLink } from 'lucide-react'
import Link from 'next/link'
import { AddInstanceLink } from '@/components/connectors/add-instance-link'
import { ConnectorIcon } from '@/components/connectors/connector-icon'
import { InstanceStatusBadge } from '@/components/instances/instance-status-badge'
import { SmallConnectorHeading } from '@/components/connectors/small-connector-heading'
import { Badge } from '@/components/ui/badge'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { ButtonLink } from '@/components/ui/button-link'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ConnectorDetail } from '@/lib/connectors/views'
import { counted } from '@/lib/domain/counted'
import { systemTypes } from '@/lib/domain/vocabulary'

type ConnectorHeadingProps = { connector: ConnectorDetail; canChange: boolean }

/** The heading of every page of a connector: large on its overview, one line on the others. */
export function ConnectorHeading({ connector, canChange }: ConnectorHeadingProps) {
  const { id, name, versionLabel } = connector
  return (
    <SmallConnectorHeading
      connector={{ id, name, versionLabel }}
      icon={<ConnectorIcon name={name} icon={connector.icon} size="sm" />}
      actions={<Actions connector={connector} canChange={canChange} />}
      overview={<OverviewHeading connector={connector} canChange={canChange} />}
    />
  )
}

function OverviewHeading({ connector, canChange }: ConnectorHeadingProps) {
  const { id, name, versionLabel, instances } = connector
  return (
    <header className="grid gap-2">
      <Breadcrumbs items={[{ label: 'Manage connectors', href: '/connectors' }, { label: name }]} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-3">
        <ConnectorIcon name={name} icon={connector.icon} />
        <div className="min-w-0 grow basis-56">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{name}</h1>
            {versionLabel && <Badge tone="outline">{versionLabel}</Badge>}
            {connector.disabled && <InstanceStatusBadge status="disabled" />}
          </div>
          <p className="tabular text-sm text-muted">
            {systemTypes[connector.systemType]} ·{' '}
            {instances === 0 ? 'no instances yet' : `used by ${counted(instances, 'instance')}`} · changed{' '}
            <RelativeTime at={connector.updatedAt} />
            {connector.updatedBy && ` by ${connector.updatedBy}`} ·{' '}
            <Link
              href={`/activity/changes?object=connector&of=${id}`}
              className="rounded-sm hover:text-foreground hover:underline"
            >
              History
            </Link>
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Actions connector={connector} canChange={canChange} />
        </div>
      </div>
    </header>
  )
}

function Actions({ connector: { id, name, methods, documentationUrl }, canChange }: ConnectorHeadingProps) {
  return (
    <>
      {documentationUrl && (
        <ButtonLink
          href={documentationUrl}
          target="_blank"
          rel="noreferrer noopener"
          variant="ghost"
          className="max-sm:-ml-3"
        >
          Documentation
          <ExternalLink aria-hidden />
        </ButtonLink>
      )}
      {canChange && methods > 0 && <AddInstanceLink connectorId={id} name={name} />}
    </>
  )
}
