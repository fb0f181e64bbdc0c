'use client'

import { useAction } from '@/components/forms/use-action'
import { Combobox } from '@/components/ui/combobox'
import { useListParams } from '@/components/ui/use-list-params'
import { useSearch } from '@/components/ui/use-search'
import { useState } from 'react'
import { listFilterChoicesAction } from '@/lib/activity/actions'
import type { FilterChoice as Choice, FilterKind } from '@/lib/activity/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type FilterChoiceProps = {
  kind: FilterKind
  label: string
  anyLabel: string
  /** "Search connectors" */
  searchLabel: string
  /** The object that the address refers to, with its current name. */
  chosen: { id: string; label: string } | null
  /** Offered above the search results. */
  also?: Choice[]
  /** Parameters that are removed when this one changes. */
  clears?: FilterKind[]
}

const anything = 'any'

/** Filters *Activity* by one object, which is searched on the server, by writing the parameter into the address. */
export function FilterChoice({
  kind,
  label,
  anyLabel,
  searchLabel,
  chosen,
  also = [],
  clears = [],
}: FilterChoiceProps) {
  const { get, change } = useListParams()
  const { choices, pending, open, search, isSearched } = useChoices(kind, kind === 'connector' ? '' : get('connector'))
  const fixed = isSearched ? [] : [{ id: anything, label: anyLabel, detail: '' }, ...also]
  return (
    <div className="min-w-0 sm:w-44">
      <Combobox
        aria-label={label}
        chosenValue={chosen?.id ?? null}
        chosen={<span className="block truncate">{chosen?.label}</span>}
        placeholder={anyLabel}
        searchLabel={searchLabel}
        emptyText="Nothing matches."
        groups={[
          { heading: '', options: [...fixed, ...choices].map(({ id, ...option }) => ({ value: id, ...option })) },
        ]}
        pending={pending}
        onOpen={open}
        onSearch={search}
        onSelect={(id) =>
          change({ [kind]: id === anything ? null : id, ...Object.fromEntries(clears.map((name) => [name, null])) })
        }
      />
    </div>
  )
}

/** The first choices are read when the list opens, more of them while the person types. */
function useChoices(kind: FilterKind, connector: string) {
  const [list, asking] = useAction(listFilterChoicesAction, unansweredResult)
  const [first, setFirst] = useState<Choice[]>([])
  const find = async (text: string) => {
    const answer = await list({ kind, search: text, ...(connector !== '' && { connectorId: connector }) })
    return answer.ok ? answer.value : null
  }
  const { found, text, pending, search } = useSearch(first, find)
  const open = () => void find('').then((choices) => choices && setFirst(choices))
  return { choices: found, isSearched: text !== '', pending: pending || asking, open, search }
}
