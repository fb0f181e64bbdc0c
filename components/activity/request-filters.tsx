import { ActorFilter } from '@/components/activity/actor-filter'
import { chosenFilter } from '@/components/activity/chosen-filter'
import { FilterChoice } from '@/components/activity/filter-choice'
import { PeriodSelect } from '@/components/activity/period-select'
import { TimeRangeFilter } from '@/components/activity/time-range-filter'
import { ButtonLink } from '@/components/ui/button-link'
import { FilterBar } from '@/components/ui/filter-bar'
import { FilterSelect } from '@/components/ui/filter-select'
import { SearchInput } from '@/components/ui/search-input'
import type { ActivityFilter } from '@/lib/activity/read-activity-filter'
import type { FilterKind, FilterNames } from '@/lib/activity/views'
import { statusInWords } from '@/lib/domain/http-status-words'
import { requestOutcomes } from '@/lib/request-log/words'

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

const statuses = ['200', '201', '400', '401', '403', '404', '409', '422', '429', '500', '502', '503', '504']
const statusClasses = { '4xx': '4xx (refused)', '5xx': '5xx (failed)' }

/** A status that only occurs in the address is offered too. */
function statusOptions(chosen: string | undefined) {
  const classes = chosen?.endsWith('xx') ? { [chosen]: chosen, ...statusClasses } : statusClasses
  const all =
    chosen === undefined || chosen.endsWith('xx') || statuses.includes(chosen) ? statuses : [...statuses, chosen]
  return [...options(classes), ...all.sort().map((value) => ({ value, label: statusInWords(Number(value)) }))]
}

type RequestFiltersProps = { filter: ActivityFilter; names: FilterNames; isFiltered: boolean }

/** Filters the request log by what was called, who called it, how it ended, and when. */
export function RequestFilters({ filter, names, isFiltered }: RequestFiltersProps) {
  const chosen = (kind: FilterKind, id: string | undefined) => chosenFilter(kind, id, names)
  return (
    <div className="grid gap-2">
      <FilterBar>
        <SearchInput label="Search requests" />
        <FilterChoice
          kind="connector"
          label="Connector"
          anyLabel="Any connector"
          searchLabel="Search connectors"
          chosen={chosen('connector', filter.connectorId)}
          clears={['instance', 'endpoint']}
        />
        <FilterChoice
          kind="instance"
          label="Instance"
          anyLabel="Any instance"
          searchLabel="Search instances"
          chosen={chosen('instance', filter.instanceId)}
        />
        <FilterChoice
          kind="endpoint"
          label="Endpoint"
          anyLabel="Any endpoint"
          searchLabel="Search endpoints"
          chosen={chosen('endpoint', filter.endpointId)}
        />
        <FilterChoice
          kind="flow"
          label="Flow"
          anyLabel="Any flow"
          searchLabel="Search flows"
          chosen={chosen('flow', filter.flowId)}
        />
        <ActorFilter filter={filter} names={names} withSystem />
        <FilterSelect label="Outcome" anyLabel="Any outcome" param="outcome" options={options(requestOutcomes)} />
        <FilterSelect label="Status" anyLabel="Any status" param="status" options={statusOptions(filter.status)} />
        <PeriodSelect />
        {isFiltered && (
          <ButtonLink href="/activity" variant="ghost">
            Clear filters
          </ButtonLink>
        )}
      </FilterBar>
      <TimeRangeFilter />
    </div>
  )
}
