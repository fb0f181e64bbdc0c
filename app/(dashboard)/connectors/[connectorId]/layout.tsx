import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { BuilderSections } from '@/components/connectors/builder-sections'
import { BuilderStep } from '@/components/connectors/builder-step'
import { ConnectorHeading } from '@/components/connectors/connector-heading'
import { MissingParts } from '@/components/connectors/missing-parts'
import { PendingOrigins } from '@/components/connectors/pending-origins'
import { DisabledNotice } from '@/components/instances/disabled-notice'
import { may } from '@/lib/domain/access/actor'
import { listPendingOrigins } from '@/lib/connectors/origins/list-pending-origins'
import { requireActor } from '@/lib/platform/session/actor'
import { connectorOfPage } from './connector-of-page'

export default async function ConnectorLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ connectorId: string }>
}) {
  const actor = await requireActor()
  const { connectorId } = await params
  const [connector, pending] = await Promise.all([
    connectorOfPage(connectorId),
    listPendingOrigins(actor, { connectorId }),
  ])
  if (!connector.ok || !pending.ok) notFound()
  const canChange = may(actor, 'change')
  return (
    <div className="grid gap-4">
      <ConnectorHeading connector={connector.value} canChange={canChange} />
      {connector.value.disabled && (
        <DisabledNotice
          part={{ noun: 'connector', id: connectorId, name: connector.value.name, ...connector.value.disabled }}
          canChange={canChange}
        />
      )}
      {pending.value.length > 0 && (
        <PendingOrigins connectorId={connectorId} origins={pending.value} canConfirm={may(actor, 'administer')} />
      )}
      <BuilderSections connector={connector.value} />
      {canChange && <MissingParts connector={connector.value} />}
      <BuilderStep connectorId={connectorId} hasNext={canChange && connector.value.instances === 0}>
        {children}
      </BuilderStep>
    </div>
  )
}
