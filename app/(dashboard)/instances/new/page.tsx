import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { RedirectUris } from '@/components/authentication-methods/redirect-uris'
import { ChooseConnector } from '@/components/instances/choose-connector'
import { NewInstanceForm } from '@/components/instances/new-instance-form'
import { NoMethods } from '@/components/instances/no-methods'
import { PageHeader } from '@/components/ui/page-header'
import { getInstance } from '@/lib/instances/get-instance'
import { getNewInstance } from '@/lib/instances/get-new-instance'
import { listConnectorChoices } from '@/lib/instances/list-connector-choices'
import { connectorChoiceSorts } from '@/lib/instances/schema'
import { oneParam, readListParams, type SearchParams } from '@/lib/platform/lists/list-page'
import { redirectUriFor, redirectUris } from '@/lib/platform/redirect-uris'
import { requireActor } from '@/lib/platform/session/actor'

const manage = { label: 'Manage connectors', href: '/connectors' }
const here = { label: 'Add new instance' }

type NewInstancePageProps = { searchParams: Promise<SearchParams> }

const newInstanceOfPage = cache(async (connectorId: string) => getNewInstance(await requireActor(), { connectorId }))

/** The instance whose values fill the form; null if none was given, undefined if the connector has no such instance. */
const originalOfPage = cache(async (from: string, connectorId: string) => {
  if (from === '') return null
  const found = await getInstance(await requireActor(), { instanceId: from })
  return found.ok && found.value.connector.id === connectorId ? found.value : undefined
})

export async function generateMetadata({ searchParams }: NewInstancePageProps): Promise<Metadata> {
  const search = await searchParams
  const connectorId = oneParam(search, 'connector')
  if (connectorId === '') return { title: 'Add new instance' }
  const view = await newInstanceOfPage(connectorId)
  if (!view.ok || (await originalOfPage(oneParam(search, 'from'), connectorId)) === undefined) notFound()
  return { title: `Add new instance · ${view.value.connector.name}` }
}

export default async function NewInstancePage({ searchParams }: NewInstancePageProps) {
  const actor = await requireActor()
  const search = await searchParams
  const connectorId = oneParam(search, 'connector')
  if (connectorId === '') {
    const page = await listConnectorChoices(actor, readListParams(search, connectorChoiceSorts, 'name'))
    if (!page.ok) notFound()
    return (
      <div className="grid gap-6">
        <PageHeader title="Add new instance" breadcrumbs={[manage, here]} />
        <ChooseConnector page={page.value} isSearched={oneParam(search, 'q') !== ''} />
      </div>
    )
  }
  const [view, original] = await Promise.all([
    newInstanceOfPage(connectorId),
    originalOfPage(oneParam(search, 'from'), connectorId),
  ])
  if (!view.ok || original === undefined) notFound()
  const { connector, methods } = view.value
  const { configured } = redirectUriFor((await headers()).get('host') ?? '')
  return (
    <div className="grid gap-6">
      <PageHeader
        title="Add new instance"
        breadcrumbs={[manage, { label: connector.name, href: `/connectors/${connector.id}/overview` }, here]}
        description={descriptionOf(connector, original?.name)}
      />
      {methods.length === 0 ? (
        <NoMethods connector={connector} />
      ) : (
        <NewInstanceForm
          key={connector.id}
          view={view.value}
          original={original}
          redirectUris={<RedirectUris view={{ uris: redirectUris(), configured }} />}
        />
      )}
    </div>
  )
}

function descriptionOf(connector: { name: string; versionLabel: string }, original: string | undefined): string {
  const of = `${connector.name}${connector.versionLabel && ` ${connector.versionLabel}`}`
  return original === undefined ? `For ${of}.` : `For ${of}. Filled in from “${original}”, without its secrets.`
}
