import { chosenFilter } from '@/components/activity/chosen-filter'
import { FilterChoice } from '@/components/activity/filter-choice'
import type { ActivityFilter } from '@/lib/activity/read-activity-filter'
import { keyChoice, systemPerson } from '@/lib/activity/schema'
import type { FilterNames } from '@/lib/activity/views'

const itself = { id: systemPerson, label: 'Patchbay', detail: '' }

type ActorFilterProps = {
  filter: Pick<ActivityFilter, 'userId' | 'keyId' | 'bySystem'>
  names: FilterNames
  /** Whether what Patchbay did by itself can be chosen too. */
  withSystem?: boolean
}

/** Filters *Activity* by who acted: a person or an API key. */
export function ActorFilter({ filter: { userId, keyId, bySystem }, names, withSystem = false }: ActorFilterProps) {
  const key = chosenFilter('key', keyId, names)
  const person = chosenFilter('person', userId, names)
  return (
    <FilterChoice
      kind="person"
      label="Person or key"
      anyLabel="Anyone"
      searchLabel="Search people and API keys"
      chosen={bySystem ? itself : key ? { ...key, id: `${keyChoice}${key.id}` } : person}
      also={withSystem ? [itself] : []}
    />
  )
}
