import type { Metadata } from 'next'
import type { ComponentProps } from 'react'
import { notFound, redirect } from 'next/navigation'
import { overviewOf } from '@/components/connectors/sections'
import { ImportPreview } from '@/components/imports/import-preview'
import { reportCursor } from '@/components/imports/import-report'
import { importStateLabel, importStateTones, importTitle, isUnderWay } from '@/components/imports/import-states'
import { UpdatePreview } from '@/components/imports/update-preview'
import { UnfinishedImport } from '@/components/imports/unfinished-import'
import { PageHeader } from '@/components/ui/page-header'
import { StatusBadge } from '@/components/ui/status-badge'
import type { ImportView } from '@/lib/imports/import-views'
import { readImportItemFilter } from '@/lib/imports/import-line-filter'
import { listImportItems } from '@/lib/imports/list-import-items'
import { listImportReport } from '@/lib/imports/list-import-report'
import { listImportTags } from '@/lib/imports/list-import-tags'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'
import { importOfPage } from './import-of-page'

type ImportPageInput = { params: Promise<{ importId: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: ImportPageInput): Promise<Metadata> {
  return { title: titleOf(await importOfPage((await params).importId)) }
}

function titleOf(view: ImportView): string {
  return view.updates === null ? `Import ${importTitle(view)}` : `Update ${view.updates.name}`
}

export default async function ImportOfDocumentPage({ params, searchParams }: ImportPageInput) {
  const { importId } = await params
  const view = await importOfPage(importId)
  if (view.connectorId !== null) redirect(overviewOf(view.connectorId))
  const title = titleOf(view)
  return (
    <div className="grid gap-6">
      <PageHeader
        title={title}
        breadcrumbs={[
          { label: 'Manage connectors', href: '/connectors' },
          { label: 'Import a connector', href: '/connectors/import' },
          { label: title },
        ]}
        status={<StatusBadge tone={importStateTones[view.state]}>{importStateLabel(view)}</StatusBadge>}
      />
      {view.state === 'ready' ? (
        <Preview importId={importId} search={await searchParams} />
      ) : (
        <UnfinishedImport view={view} isUnderWay={isUnderWay(view.state)} />
      )}
    </div>
  )
}

async function Update({ view, search }: Pick<ComponentProps<typeof UpdatePreview>, 'view'> & { search: SearchParams }) {
  const actor = await requireActor()
  const filter = readImportItemFilter(search)
  const importId = view.id
  const differing = filter.change === null && !filter.conflicting
  const [details, methods, page, report] = await Promise.all([
    listImportItems(actor, { importId, kind: 'connector', differing: true }),
    listImportItems(actor, { importId, kind: 'method', differing: true }),
    listImportItems(actor, { importId, ...filter, differing }),
    listImportReport(actor, { importId, after: oneParam(search, reportCursor) }),
  ])
  if (!details.ok || !methods.ok || !page.ok || !report.ok) notFound()
  const others = [...details.value.items, ...methods.value.items]
  return <UpdatePreview view={view} others={others} page={page.value} filter={filter} report={report.value} />
}

async function Preview({ importId, search }: { importId: string; search: SearchParams }) {
  const actor = await requireActor()
  const filter = readImportItemFilter(search)
  const { updates, ...read } = await importOfPage(importId)
  if (updates !== null) return <Update view={{ ...read, updates }} search={search} />
  const [view, methods, page, tags, report] = await Promise.all([
    importOfPage(importId),
    listImportItems(actor, { importId, kind: 'method' }),
    listImportItems(actor, { importId, ...filter }),
    listImportTags(actor, { importId }),
    listImportReport(actor, { importId, after: oneParam(search, reportCursor) }),
  ])
  if (!methods.ok || !page.ok || !tags.ok || !report.ok) notFound()
  return (
    <ImportPreview
      view={view}
      methods={methods.value.items}
      page={page.value}
      filter={filter}
      tags={tags.value}
      report={report.value}
    />
  )
}
