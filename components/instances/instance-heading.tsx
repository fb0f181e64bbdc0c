import Link from 'next/link'
import { DisableButton } from '@/components/instances/disable-button'
import { InstanceTags } from '@/components/instances/instance-tags'
import { InstanceStatusBadge } from '@/components/instances/instance-status-badge'
import { TryThisInstance } from '@/components/trials/try-this-instance'
import { ButtonLink } from '@/components/ui/button-link'
import { PageHeader } from '@/components/ui/page-header'
import type { InstanceOption } from '@/lib/flows/shape-views'
import type { InstanceDetail } from '@/lib/instances/views'

type InstanceHeadingProps = { instance: InstanceDetail; canChange: boolean; canRun: boolean }

/** The names of the instance and its connector, and its status. */
export function InstanceHeading({ instance, canChange, canRun }: InstanceHeadingProps) {
  const { connector, method, name, health } = instance
  return (
    <PageHeader
      title={name}
      breadcrumbs={[
        { label: 'Manage connectors', href: '/connectors' },
        { label: nameOf(connector), href: `/connectors/${connector.id}/overview` },
        { label: 'Instances', href: `/connectors?connector=${connector.id}` },
      ]}
      actions={
        <>
          {canChange && (
            <ButtonLink
              href={`/instances/new?connector=${connector.id}&from=${instance.id}`}
              aria-label={`Duplicate ${name}`}
            >
              Duplicate
            </ButtonLink>
          )}
          {canChange && !instance.disabled.some(({ noun }) => noun === 'instance') && (
            <DisableButton noun="instance" id={instance.id} name={name} />
          )}
          {canRun && !['awaiting_authorisation', 'disabled'].includes(health.status) && (
            <TryThisInstance instance={optionOf(instance)} />
          )}
        </>
      }
      status={
        <>
          <InstanceStatusBadge status={health.status} />
          <Link
            href={`/connectors/${connector.id}/authentication/${method.id}`}
            className="min-w-0 rounded-sm break-words text-muted hover:text-foreground hover:underline"
          >
            {method.name}
          </Link>
          <InstanceTags externalId={instance.details.externalId} labels={instance.details.labels} />
        </>
      }
    />
  )
}

function nameOf({ name, versionLabel }: InstanceDetail['connector']): string {
  return versionLabel ? `${name} ${versionLabel}` : name
}

function optionOf({ id, name, health, connector, method }: InstanceDetail): InstanceOption {
  return {
    id,
    name,
    status: health.status,
    statusReason: health.statusReason,
    connectorId: connector.id,
    connectorName: connector.name,
    methodName: method.name,
  }
}
