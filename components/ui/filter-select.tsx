'use client'

import { Select } from '@/components/ui/select'
import { useListParams } from '@/components/ui/use-list-params'

type FilterSelectProps = {
  /** Accessible name. */
  label: string
  /** The option for "no filter": "Any status". */
  anyLabel: string
  param: string
  options: { value: string; label: string }[]
}

/** Filters a list on the server by writing the parameter into the address. */
export function FilterSelect({ label, anyLabel, param, options }: FilterSelectProps) {
  const { get, change } = useListParams()
  return (
    <Select
      aria-label={label}
      className="w-auto!"
      value={get(param)}
      onChange={(event) => change({ [param]: event.target.value })}
    >
      <option value="">{anyLabel}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  )
}
