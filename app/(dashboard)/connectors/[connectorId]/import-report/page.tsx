import { FileInput, SearchX } from 'lucide-react'
import { notFound } from 'next/navigation'
import { reportKindLabels } from '@/components/connection-documents/report-kinds'
import { ReportLines } from '@/components/connection-documents/report-lines'
import { importReportOf, overviewOf } from '@/components/connectors/sections'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { FilterBar } from '@/components/ui/filter-bar'
import { FilterSelect } from '@/components/ui/filter-select'
import { Pager } from '@/components/ui/pager'
import { SearchInput } from '@/components/ui/search-input'
import { Section } from '@/components/ui/section'
import { getConnectorImport } from '@/lib/imports/get-connector-import'
import { readImportLineFilter } from '@/lib/imports/import-line-filter'
import { listImportLines } from '@/lib/imports/list-import-lines'
import type { SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'
import { connectorTitle } from '../connector-of-page'

type ImportReportPageProps = { params: Promise<{ connectorId: string }>; searchParams: Promise<SearchParams> }

export const generateMetadata = ({ params }: ImportReportPageProps) => connectorTitle(params, 'Import report')

const kinds = Object.entries(reportKindLabels).map(([value, label]) => ({ value, label }))

export default async function ImportReportPage({ params, searchParams }: ImportReportPageProps) {
  const actor = await requireActor()
  const { connectorId } = await params
  const filter = readImportLineFilter(await searchParams)
  const [imported, lines] = await Promise.all([
    getConnectorImport(actor, { connectorId }),
    listImportLines(actor, { connectorId, ...filter }),
  ])
  if (!imported.ok || !lines.ok) notFound()
  if (imported.value === null || imported.value.lines === 0)
    return (
      <EmptyState
        icon={FileInput}
        title="Nothing to report"
        actions={<ButtonLink href={overviewOf(connectorId)}>Overview</ButtonLink>}
      >
        {imported.value === null
          ? 'This connector was not imported from a document.'
          : `Everything in the document (${imported.value.format}) was imported.`}
      </EmptyState>
    )
  const { items, total, nextCursor } = lines.value
  return (
    <Section
      title="Import report"
      description={`What the document (${imported.value.format}) says that the connector cannot say, or says in another way.`}
    >
      <FilterBar>
        <SearchInput label="Search the import report" />
        <FilterSelect label="Kind" anyLabel="Any kind" param="kind" options={kinds} />
      </FilterBar>
      {items.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title="Nothing matches"
          actions={<ButtonLink href={importReportOf(connectorId)}>Show the whole report</ButtonLink>}
        >
          No line matches this search.
        </EmptyState>
      ) : (
        <ReportLines lines={items} />
      )}
      <Pager nextCursor={nextCursor} total={total} noun={['line', 'lines']} />
    </Section>
  )
}
