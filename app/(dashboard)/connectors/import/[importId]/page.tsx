import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { overviewOf } from '@/components/connectors/sections'
import { ImportPreview } from '@/components/imports/import-preview'
import { reportCursor } from '@/components/imports/import-report'
import { importStateLabels, importStateTones, importTitle, isUnderWay } from '@/components/imports/import-states'
import { UnfinishedImport } from '@/components/imports/unfinished-import'
import { PageHeader } from '@/components/ui/page-header'
import { StatusBadge } from '@/components/ui/status-badge'
import { readImportItemFilter } from '@/lib/imports/import-line-filter'
import { listImportItems } from '@/lib/imports/list-import-items'
import { listImportReport } from '@/lib/imports/list-import-report'
import { listImportTags } from '@/lib/imports/list-import-tags'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'
import { importOfPage } from './import-of-page'

type ImportPageInput = { params: Promise<{ importId: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: ImportPageInput): Promise<Metadata> {
  return { title: `Import ${importTitle(await importOfPage((await params).importId))}` }
}

export default async function ImportOfDocumentPage({ params, searchParams }: ImportPageInput) {
  const { importId } = await params
  const view = await importOfPage(importId)
  if (view.connectorId !== null) redirect(overviewOf(view.connectorId))
  const title = `Import ${importTitle(view)}`
  return (
    <div className="grid gap-6">
      <PageHeader
        title={title}
        breadcrumbs={[
          { label: 'Manage connectors', href: '/connectors' },
          { label: 'Import a connector', href: '/connectors/import' },
          { label: title },
        ]}
        status={<StatusBadge tone={importStateTones[view.state]}>{importStateLabels[view.state]}</StatusBadge>}
      />
      {view.state === 'ready' ? (
        <Preview importId={importId} search={await searchParams} />
      ) : (
        <UnfinishedImport view={view} isUnderWay={isUnderWay(view.state)} />
      )}
    </div>
  )
}

async function Preview({ importId, search }: { importId: string; search: SearchParams }) {
  const actor = await requireActor()
  const filter = readImportItemFilter(search)
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
