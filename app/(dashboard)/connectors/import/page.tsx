import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { overviewOf } from '@/components/connectors/sections'
import { ImportFile } from '@/components/imports/import-file'
import { ImportList } from '@/components/imports/import-list'
import { ImportText } from '@/components/imports/import-text'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Section } from '@/components/ui/section'
import { may } from '@/lib/domain/access/actor'
import { importSorts } from '@/lib/imports/import-schema'
import { listImports } from '@/lib/imports/list-imports'
import { oneParam, readListParams, type SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'
import { connectorOfPage } from '../[connectorId]/connector-of-page'

type ImportPageInput = { searchParams: Promise<SearchParams> }

export async function generateMetadata({ searchParams }: ImportPageInput): Promise<Metadata> {
  if (!may(await requireActor(), 'change')) notFound()
  return { title: titleOf(await updatedConnector(await searchParams)) }
}

function titleOf(updates: Updated | null): string {
  return updates === null ? 'Import a connector' : `Update ${updates.name}`
}

type Updated = { id: string; name: string }

/** The connector in the address, which the document updates; null if it adds one. */
async function updatedConnector(search: SearchParams): Promise<Updated | null> {
  const connectorId = oneParam(search, 'updates')
  if (connectorId === '') return null
  const connector = await connectorOfPage(connectorId)
  if (!connector.ok) notFound()
  return connector.value
}

export default async function ImportPage({ searchParams }: ImportPageInput) {
  const actor = await requireActor()
  const search = await searchParams
  const updated = await updatedConnector(search)
  const updates = updated?.id ?? null
  const imports = await listImports(actor, { ...readListParams(search, importSorts, '-created'), q: '' })
  if (!may(actor, 'change') || !imports.ok) notFound()
  const { items, total, nextCursor } = imports.value
  return (
    <div className="grid gap-8">
      <PageHeader
        title={titleOf(updated)}
        breadcrumbs={[
          { label: 'Manage connectors', href: '/connectors' },
          ...(updated ? [{ label: updated.name, href: overviewOf(updated.id) }] : []),
          { label: updated ? 'Update' : 'Import a connector' },
        ]}
        description={
          updated
            ? 'From a newer version of its document. You see what it changes, and choose what to take over, before anything is changed. What people have changed here stays.'
            : 'From a document that describes an API. You see what it contains, and choose what to import, before anything is added.'
        }
      />
      {total > 0 && updated === null && (
        <Section title="Unfinished imports">
          <ImportList imports={items} />
          <Pager nextCursor={nextCursor} total={total} noun={['import', 'imports']} />
        </Section>
      )}
      <Section title="File">
        <ImportFile updates={updates} />
      </Section>
      <Section title="Address">
        <ImportText kind="url" updates={updates} initial={oneParam(search, 'from')} />
      </Section>
      <Section title="Pasted text">
        <ImportText kind="text" updates={updates} />
      </Section>
    </div>
  )
}
