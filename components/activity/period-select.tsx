'use client'

import { Select } from '@/components/ui/select'
import { useListParams } from '@/components/ui/use-list-params'
import { periods } from '@/lib/activity/schema'

/** Narrows *Activity* to the time until now. It replaces a range, and the other way round. */
export function PeriodSelect() {
  const { get, change } = useListParams()
  const hasRange = get('from') !== '' || get('to') !== ''
  return (
    <Select
      aria-label="Time"
      className="w-auto!"
      value={hasRange ? 'range' : get('period')}
      onChange={({ target }) => change({ period: target.value, from: null, to: null })}
    >
      <option value="">Any time</option>
      {Object.entries(periods).map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
      {hasRange && <option value="range">From and to</option>}
    </Select>
  )
}
