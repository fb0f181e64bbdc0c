'use client'

import { Select } from '@/components/ui/select'
import { useListParams } from '@/components/ui/use-list-params'

type SortSelectProps = {
  options: { value: string; label: string }[]
  /** Used when the address has no ?sort=. */ defaultValue: string
}

/** Sorts a list that has no column headers: writes ?sort= into the address. */
export function SortSelect({ options, defaultValue }: SortSelectProps) {
  const { get, change } = useListParams()
  return (
    <Select
      aria-label="Sort by"
      className="w-auto!"
      value={get('sort') || defaultValue}
      onChange={(event) => change({ sort: event.target.value === defaultValue ? null : event.target.value })}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  )
}
