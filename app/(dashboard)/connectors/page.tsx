import { Plus } from 'lucide-react'
import { notFound } from 'next/navigation'
import { AuthorisedNotice } from '@/components/connectors/authorised-notice'
import { ConnectorFilters } from '@/components/connectors/connector-filters'
import { ConnectorList } from '@/components/connectors/connector-list'
import { FirstConnector } from '@/components/connectors/first-connector'
import { FirstSteps } from '@/components/connectors/first-steps'
import { ImportMenu } from '@/components/connectors/import-menu'
import { NoConnectors } from '@/components/connectors/no-connectors'
import { OnlyConnector } from '@/components/connectors/only-connector'
import { ButtonLink } from '@/components/ui/button-link'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { getAuthorisedInstance } from '@/lib/connectors/get-authorised-instance'
import { isFiltered, readConnectorFilter } from '@/lib/connectors/schema'
import { may } from '@/lib/domain/access/actor'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import { getSandboxOffer } from '@/lib/sandbox/get-sandbox-offer'
import { getFirstSteps } from '@/lib/setup/get-first-steps'
import { requireActor } from '@/lib/platform/session/actor'

export const metadata = { title: 'Manage connectors' }

export default async function ConnectorsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const search = await searchParams
  const filter = readConnectorFilter(search)
  const authorisedId = oneParam(search, 'authorised')
  const [page, offer, steps, found] = await Promise.all([
    listConnectors(actor, filter),
    getSandboxOffer(actor, {}),
    getFirstSteps(actor, {}),
    authorisedId === '' ? undefined : getAuthorisedInstance(actor, { instanceId: authorisedId }),
  ])
  if (!page.ok || !offer.ok || !steps.ok) notFound()
  // If the instance in the address does not exist, the list is shown without the notice.
  const authorised = found?.ok ? found.value : null
  const { items, nextCursor, total, instances } = page.value
  const canChange = may(actor, 'change')
  const isListed = items.some((connector) => connector.instances.some((instance) => instance.id === authorised?.id))
  const actions = canChange && (
    <>
      <ImportMenu sandbox={offer.value.offer} />
      <ButtonLink href="/connectors/new" variant="primary">
        <Plus aria-hidden />
        Add new connector
      </ButtonLink>
    </>
  )
  const isEmpty = total === 0 && !isFiltered(filter)
  return (
    <div className="grid gap-6">
      <PageHeader title="Manage connectors" actions={actions} />
      {!isEmpty && steps.value && <FirstSteps steps={steps.value} />}
      {authorised && <AuthorisedNotice instance={authorised} isListed={isListed} />}
      {!isEmpty && <ConnectorFilters connectors={total} instances={instances} />}
      {filter.connectorId && items[0] && <OnlyConnector name={items[0].name} />}
      {isEmpty && canChange ? (
        <FirstConnector sandbox={offer.value.offer} />
      ) : total === 0 ? (
        <NoConnectors filtered={!isEmpty} />
      ) : (
        <>
          <ConnectorList
            connectors={items}
            filter={filter}
            canChange={canChange}
            canRun={may(actor, 'run')}
            highlightedId={authorised?.id ?? null}
          />
          <Pager
            nextCursor={nextCursor}
            {...(filter.connectorId
              ? { total: instances, noun: ['instance', 'instances'] }
              : { total, noun: ['connector', 'connectors'] })}
          />
        </>
      )}
    </div>
  )
}
