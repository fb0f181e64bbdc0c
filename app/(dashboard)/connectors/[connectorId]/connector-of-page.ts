import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { getConnector } from '@/lib/connectors/get-connector'
import { requireActor } from '@/lib/platform/session/actor'

/** Read once for the layout, the page and its title. */
export const connectorOfPage = cache(async (connectorId: string) => getConnector(await requireActor(), { connectorId }))

/** "Endpoints · Acme Commerce v2"; without a section the connector itself. */
export async function connectorTitle(params: Promise<{ connectorId: string }>, section?: string): Promise<Metadata> {
  const found = await connectorOfPage((await params).connectorId)
  if (!found.ok) notFound()
  const { name, versionLabel } = found.value
  return { title: [section, versionLabel ? `${name} ${versionLabel}` : name].filter(Boolean).join(' · ') }
}
