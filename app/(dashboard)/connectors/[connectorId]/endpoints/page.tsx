import { SearchX, Waypoints } from 'lucide-react'
import { notFound } from 'next/navigation'
import { AddEndpointDialog } from '@/components/endpoints/add/add-endpoint-dialog'
import { EndpointList } from '@/components/endpoints/endpoint-list'
import { EndpointListToolbar } from '@/components/endpoints/endpoint-list-toolbar'
import { EndpointsTabs } from '@/components/endpoints/endpoints-tabs'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Pager } from '@/components/ui/pager'
import { Section } from '@/components/ui/section'
import { listMethods } from '@/lib/authentication-methods/list-methods'
import { may } from '@/lib/domain/access/actor'
import { readEndpointFilter } from '@/lib/endpoints/list-order'
import { listEntityTypes } from '@/lib/endpoints/list-entity-types'
import { listEndpoints } from '@/lib/endpoints/list-endpoints'
import type { SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'
import { connectorTitle } from '../connector-of-page'

export const generateMetadata = ({ params }: PageInput) => connectorTitle(params, 'Endpoints')

type PageInput = { params: Promise<{ connectorId: string }>; searchParams: Promise<SearchParams> }

export default async function EndpointsPage({ params, searchParams }: PageInput) {
  const actor = await requireActor()
  const { connectorId } = await params
  const filter = readEndpointFilter(await searchParams)
  const [page, types, methods] = await Promise.all([
    listEndpoints(actor, { connectorId, ...filter }),
    listEntityTypes(actor, { connectorId }),
    listMethods(actor, { connectorId }),
  ])
  if (!page.ok || !types.ok || !methods.ok) notFound()
  const canChange = may(actor, 'change')
  const entityTypes = types.value.map(({ entityType }) => entityType).filter((entityType) => entityType !== '')
  const add = canChange ? (
    <AddEndpointDialog
      connectorId={connectorId}
      entityTypes={entityTypes}
      methods={methods.value.map(({ id, name }) => ({ id, name }))}
    />
  ) : undefined
  const description = 'The operations of this API that flows can call.'
  if (types.value.length === 0) {
    return (
      <Section title="Endpoints" description={description}>
        <EndpointsTabs connectorId={connectorId} />
        <EmptyState icon={Waypoints} title="No endpoints yet" actions={add}>
          An endpoint is one operation of this API, for example “List orders” or “Create product”. Connection shapes
          call it with an instance whose authentication method it accepts.
        </EmptyState>
      </Section>
    )
  }
  return (
    <Section title="Endpoints" description={description} actions={add}>
      <EndpointsTabs connectorId={connectorId} />
      <EndpointListToolbar entityTypes={types.value} />
      {page.value.items.length > 0 ? (
        <EndpointList
          connectorId={connectorId}
          endpoints={page.value.items}
          grouped={filter.sort === 'group'}
          canChange={canChange}
        />
      ) : (
        <EmptyState
          icon={SearchX}
          title="Nothing matches"
          actions={<ButtonLink href={`/connectors/${connectorId}/endpoints`}>Show all endpoints</ButtonLink>}
        >
          No endpoint matches this search and this entity type.
        </EmptyState>
      )}
      <Pager nextCursor={page.value.nextCursor} total={page.value.total} noun={['endpoint', 'endpoints']} />
    </Section>
  )
}
