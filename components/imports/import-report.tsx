import { ReportLines } from '@/components/connection-documents/report-lines'
import { Pager } from '@/components/ui/pager'
import { Section } from '@/components/ui/section'
import type { ReportLineView } from '@/lib/imports/import-views'
import type { ListPage } from '@/lib/platform/lists/list-page'

/** The name of the report's cursor in the address. */
export const reportCursor = 'report'

export function ImportReport({ page }: { page: ListPage<ReportLineView & { id: string }> }) {
  if (page.total === 0) return null
  return (
    <Section
      title="Import report"
      description="What the document says that the connector cannot say, or says in another way. The report stays with the connector."
    >
      <ReportLines lines={page.items} />
      <Pager nextCursor={page.nextCursor} total={page.total} noun={['line', 'lines']} param={reportCursor} />
    </Section>
  )
}
