'use client'

import { Plus } from 'lucide-react'
import { InheritedParameters } from '@/components/parameters/inherited-parameters'
import { ParameterTableRow } from '@/components/parameters/parameter-table-row'
import { replacedBy, type ParameterTableProps } from '@/components/parameters/parameter-editing'
import { newParameterRow, type ParameterRow } from '@/components/parameters/parameter-row'
import { Button } from '@/components/ui/button'
import type { ParameterLocation } from '@/lib/domain/vocabulary'

const addLabels: Record<ParameterLocation, string> = {
  url: 'Add URL parameter',
  header: 'Add header parameter',
  body: 'Add body parameter',
  cookie: 'Add cookie',
}

/**
 * The key/value pairs in one location. Field names are `parameters.<index>.key`, with the index among the parameters of
 * all locations.
 */
export function ParameterTable({
  place,
  rows,
  visible = () => true,
  onChange,
  carriers,
  canChange,
  shared,
  ...rest
}: ParameterTableProps) {
  const shown = rows.map((row, index) => ({ row, index })).filter(({ row }) => row.place === place && visible(row))
  const inherited = shared?.parameters.filter((parameter) => parameter.place === place) ?? []
  const replace = (changed: ParameterRow) =>
    onChange(rows.map((row) => (row.rowKey === changed.rowKey ? changed : row)))
  const remove = (gone: ParameterRow) => onChange(rows.filter((row) => row.rowKey !== gone.rowKey))
  const move = (from: number, to: number | undefined) => {
    if (to === undefined) return
    const moved = [...rows]
    const [row] = moved.splice(from, 1)
    if (row) moved.splice(to, 0, row)
    onChange(moved)
  }
  const add = () => onChange([...rows, newParameterRow(place, carriers?.[0])])

  return (
    <div className="grid gap-3">
      {shown.length + inherited.length === 0 && <p className="text-muted">Nothing has been added yet.</p>}
      {shown.length > 0 && (
        <ul className="grid gap-4 lg:gap-2">
          {shown.map(({ row, index }, position) => (
            <ParameterTableRow
              key={row.rowKey}
              row={row}
              index={index}
              onChange={replace}
              onRemove={() => remove(row)}
              onMoveUp={position > 0 ? () => move(index, shown[position - 1]?.index) : undefined}
              onMoveDown={position < shown.length - 1 ? () => move(index, shown[position + 1]?.index) : undefined}
              carriers={carriers}
              canChange={canChange}
              {...rest}
            />
          ))}
        </ul>
      )}
      {shared && inherited.length > 0 && (
        <InheritedParameters
          connectorId={shared.connectorId}
          parameters={inherited}
          replacedBy={(parameter) => replacedBy(parameter, rows, carriers)}
        />
      )}
      {canChange && (
        <div>
          <Button size="sm" onClick={add}>
            <Plus aria-hidden className="size-4" />
            {addLabels[place]}
          </Button>
        </div>
      )}
    </div>
  )
}
