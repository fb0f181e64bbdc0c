import type { ComponentProps } from 'react'
import { ChooseFound } from '@/components/imports/choose-found'
import { ImportReport } from '@/components/imports/import-report'
import { UpdateConnector } from '@/components/imports/update-connector'
import { UpdateItems } from '@/components/imports/update-items'
import { changeLabels } from '@/components/imports/update-words'
import { Alert } from '@/components/ui/alert'
import { FilterBar } from '@/components/ui/filter-bar'
import { FilterSelect } from '@/components/ui/filter-select'
import { Pager } from '@/components/ui/pager'
import { SearchInput } from '@/components/ui/search-input'
import { Section } from '@/components/ui/section'
import type { ImportItemView, ImportView } from '@/lib/imports/import-views'
import { bothChanged, type ImportItemFilter } from '@/lib/imports/import-line-filter'
import type { ListPage } from '@/lib/platform/lists/list-page'

type UpdatePreviewProps = {
  view: ImportView & { updates: NonNullable<ImportView['updates']> }
  /** The connector's details, and its methods. */
  others: readonly ImportItemView[]
  page: ListPage<ImportItemView>
  filter: ImportItemFilter
  report: ComponentProps<typeof ImportReport>['page']
}

const shownChanges = ['added', 'changed', 'moved', 'removed', 'left_out', 'same'] as const

/** What a newer document would change in a connector, before it is changed: all of it, a part, or nothing. */
export function UpdatePreview({ view, others, page, filter, report }: UpdatePreviewProps) {
  const { id, failure } = view
  const differing = filter.change === null && !filter.conflicting
  return (
    <div className="grid gap-8">
      {failure !== '' && (
        <Alert tone="bad" title="The connector was not updated">
          {failure}
        </Alert>
      )}
      <UpdateConnector view={view} />
      {others.length > 0 && (
        <Section title="Connector and authentication methods">
          <UpdateItems importId={id} label="Connector and authentication methods" items={others} />
        </Section>
      )}
      <Section
        title="Endpoints"
        description="What people have changed here stays, unless you choose the document’s version where both have changed the same."
      >
        <FilterBar>
          <SearchInput label="Search endpoints" />
          <FilterSelect
            label="Change"
            anyLabel="Any change"
            param="change"
            options={[
              ...shownChanges.map((change) => ({ value: change, label: changeLabels[change] })),
              { value: bothChanged, label: 'Changed in both' },
            ]}
          />
        </FilterBar>
        {page.total > 0 && filter.change !== 'same' && (
          <ChooseFound importId={id} filter={filter} found={page.total} differing={differing} />
        )}
        {page.items.length === 0 ? (
          <p className="text-muted">{filter.q === '' && differing ? 'No endpoint changes.' : 'No endpoint matches.'}</p>
        ) : (
          <UpdateItems importId={id} label="Endpoints" items={page.items} />
        )}
        <Pager nextCursor={page.nextCursor} total={page.total} noun={['endpoint', 'endpoints']} />
      </Section>
      <ImportReport page={report} />
    </div>
  )
}
