import { notFound } from 'next/navigation'
import { ConnectorAbout } from '@/components/connectors/overview/connector-about'
import { ConnectorInstances } from '@/components/connectors/overview/connector-instances'
import { ConnectorMethods } from '@/components/connectors/overview/connector-methods'
import { LatestFailures } from '@/components/connectors/overview/latest-failures'
import { RecentChanges } from '@/components/connectors/overview/recent-changes'
import { RefreshOnFocus } from '@/components/ui/refresh-on-focus'
import { getConnectorHistory } from '@/lib/activity/get-connector-history'
import { listMethods } from '@/lib/authentication-methods/list-methods'
import { listConnectorInstances } from '@/lib/connectors/list-connector-instances'
import { getConnectorImport } from '@/lib/imports/get-connector-import'
import { may } from '@/lib/domain/access/actor'
import { requireActor } from '@/lib/platform/session/actor'
import { listLatestFailures } from '@/lib/request-log/list-latest-failures'
import { connectorOfPage, connectorTitle } from '../connector-of-page'

export const generateMetadata = ({ params }: { params: Promise<{ connectorId: string }> }) => connectorTitle(params)

export default async function ConnectorOverviewPage({ params }: { params: Promise<{ connectorId: string }> }) {
  const actor = await requireActor()
  const { connectorId } = await params
  const [connector, methods, instances, failures, history, imported] = await Promise.all([
    connectorOfPage(connectorId),
    listMethods(actor, { connectorId }),
    listConnectorInstances(actor, { connectorId }),
    listLatestFailures(actor, { connectorId }),
    getConnectorHistory(actor, { connectorId }),
    getConnectorImport(actor, { connectorId }),
  ])
  if (!connector.ok || !methods.ok || !instances.ok || !failures.ok || !history.ok || !imported.ok) notFound()
  const canChange = may(actor, 'change')
  return (
    <div className="grid gap-8">
      <ConnectorAbout
        connector={connector.value}
        cameFrom={history.value.cameFrom}
        imported={imported.value}
        canChange={canChange}
      />
      <ConnectorInstances connector={connector.value} instances={instances.value} canRun={may(actor, 'run')} />
      <ConnectorMethods connector={connector.value} methods={methods.value.slice(0, 8)} canChange={canChange} />
      <LatestFailures connectorId={connectorId} requests={failures.value} />
      <RefreshOnFocus />
      <RecentChanges connectorId={connectorId} changes={history.value.changes} />
    </div>
  )
}
