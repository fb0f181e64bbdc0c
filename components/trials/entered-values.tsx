'use client'

import { ShapeFilters } from '@/components/connection-shape/shape-filters'
import { ShapeValues } from '@/components/connection-shape/shape-values'
import type { useEntered } from '@/components/trials/use-entered'

type EnteredValuesProps = { entered: ReturnType<typeof useEntered>; errors: Record<string, string> }

/** The endpoint's variables and filters, for this request only. */
export function EnteredValues({ entered, errors }: EnteredValuesProps) {
  const { endpoint, values, filters, enterValue, enterFilter } = entered
  if (!endpoint) return null
  return (
    <>
      <ShapeValues variables={endpoint.variables} typed={values} onType={enterValue} errors={errors} disabled={false} />
      {endpoint.filters.length > 0 && (
        <ShapeFilters
          filters={endpoint.filters}
          typed={filters}
          onType={enterFilter}
          errors={errors}
          disabled={false}
        />
      )}
    </>
  )
}
