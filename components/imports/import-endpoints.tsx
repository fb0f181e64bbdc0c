import { ChooseFound } from '@/components/imports/choose-found'
import { ImportItems } from '@/components/imports/import-items'
import { ImportTags } from '@/components/imports/import-tags'
import { FilterBar } from '@/components/ui/filter-bar'
import { FilterSelect } from '@/components/ui/filter-select'
import { Pager } from '@/components/ui/pager'
import { SearchInput } from '@/components/ui/search-input'
import { Section } from '@/components/ui/section'
import type { ImportItemView, ImportTag, ImportView } from '@/lib/imports/import-views'
import { withoutTag, type ImportItemFilter } from '@/lib/imports/import-line-filter'
import type { ListPage } from '@/lib/platform/lists/list-page'

type ImportEndpointsProps = {
  view: ImportView
  page: ListPage<ImportItemView>
  filter: ImportItemFilter
  tags: readonly ImportTag[]
  methods: readonly string[]
}

/** The endpoints of a document, with what narrows them down, and what chooses all that are found. */
export function ImportEndpoints({ view: { id, endpoints }, page, filter, tags, methods }: ImportEndpointsProps) {
  return (
    <Section
      title="Endpoints"
      description={`${endpoints.chosen.toLocaleString('en-GB')} of ${endpoints.total.toLocaleString('en-GB')} are imported, each with the methods that it accepts.`}
    >
      {tags.length > 1 && <ImportTags importId={id} tags={tags} />}
      <FilterBar>
        <SearchInput label="Search endpoints" />
        <FilterSelect
          label="Entity type"
          anyLabel="Any entity type"
          param="tag"
          options={tags.map(({ tag }) => ({ value: tag || withoutTag, label: tag || 'Without entity type' }))}
        />
        <FilterSelect
          label="Accepts"
          anyLabel="Accepts any method"
          param="method"
          options={methods.map((name) => ({ value: name, label: name }))}
        />
        <FilterSelect
          label="Chosen"
          anyLabel="Chosen or not"
          param="chosen"
          options={[
            { value: 'yes', label: 'Chosen' },
            { value: 'no', label: 'Left out' },
          ]}
        />
      </FilterBar>
      {page.total > 0 && filter.chosen === null && <ChooseFound importId={id} filter={filter} found={page.total} />}
      {page.items.length === 0 ? (
        <p className="text-muted">No endpoint matches.</p>
      ) : (
        <ImportItems importId={id} label="Endpoints" items={page.items} />
      )}
      <Pager nextCursor={page.nextCursor} total={page.total} noun={['endpoint', 'endpoints']} />
    </Section>
  )
}
