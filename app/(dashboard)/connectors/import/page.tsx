import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ImportFile } from '@/components/imports/import-file'
import { ImportList } from '@/components/imports/import-list'
import { ImportText } from '@/components/imports/import-text'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Section } from '@/components/ui/section'
import { may } from '@/lib/domain/access/actor'
import { importSorts } from '@/lib/imports/import-schema'
import { listImports } from '@/lib/imports/list-imports'
import { readListParams, type SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'

export async function generateMetadata(): Promise<Metadata> {
  if (!may(await requireActor(), 'change')) notFound()
  return { title: 'Import a connector' }
}

export default async function ImportPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const imports = await listImports(actor, { ...readListParams(await searchParams, importSorts, '-created'), q: '' })
  if (!may(actor, 'change') || !imports.ok) notFound()
  const { items, total, nextCursor } = imports.value
  return (
    <div className="grid gap-8">
      <PageHeader
        title="Import a connector"
        breadcrumbs={[{ label: 'Manage connectors', href: '/connectors' }, { label: 'Import a connector' }]}
        description="From a document that describes an API. You see what it contains, and choose what to import, before anything is added."
      />
      {total > 0 && (
        <Section title="Unfinished imports">
          <ImportList imports={items} />
          <Pager nextCursor={nextCursor} total={total} noun={['import', 'imports']} />
        </Section>
      )}
      <Section title="File">
        <ImportFile />
      </Section>
      <Section title="Address">
        <ImportText kind="url" />
      </Section>
      <Section title="Pasted text">
        <ImportText kind="text" />
      </Section>
    </div>
  )
}
