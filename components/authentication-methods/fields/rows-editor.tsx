'use client'

import { Plus } from 'lucide-react'
import { RowsEditorRow, type RowColumn } from '@/components/authentication-methods/fields/rows-editor-row'
import { useBound } from '@/components/authentication-methods/setup-context'
import { Button } from '@/components/ui/button'

type RowsEditorProps = {
  /** The name of the list in the draft: `options.kept`. */
  name: string
  columns: readonly RowColumn[]
  /** An empty row. */
  blank: Record<string, unknown>
  addLabel: string
  /** "value", for "Remove value instance_url". */
  noun: string
  most?: number
  /** Whether the order matters, so that rows can be moved. */
  ordered?: boolean
}

/** A list of the draft as a small table: computed values, claims, values of responses. */
export function RowsEditor({ name, columns, blank, addLabel, noun, most = 20, ordered = false }: RowsEditorProps) {
  const { value, set, error, readOnly } = useBound<Record<string, unknown>[] | null>(name)
  const rows = value ?? []
  const swap = (one: number, other: number) =>
    set(rows.map((row, at) => (at === one ? rows[other]! : at === other ? rows[one]! : row)))
  return (
    <div className="grid gap-2" data-field={name} tabIndex={-1}>
      {rows.length > 0 && (
        <ul className="grid gap-4 sm:gap-2">
          {rows.map((row, index) => (
            // The rows have no ids, so their position identifies them.
            <RowsEditorRow
              key={index}
              name={`${name}.${index}`}
              columns={columns}
              row={row}
              noun={noun}
              onChange={(changed) => set(rows.map((other, at) => (at === index ? changed : other)))}
              onRemove={() => set(rows.filter((_, at) => at !== index))}
              onMoveUp={ordered && index > 0 ? () => swap(index, index - 1) : undefined}
              onMoveDown={ordered && index < rows.length - 1 ? () => swap(index, index + 1) : undefined}
            />
          ))}
        </ul>
      )}
      {error && <p className="text-sm text-bad">{error}</p>}
      {!readOnly && rows.length < most && (
        <div>
          <Button size="sm" onClick={() => set([...rows, blank])}>
            <Plus aria-hidden className="size-4" />
            {addLabel}
          </Button>
        </div>
      )}
      {readOnly && rows.length === 0 && <p className="text-sm text-muted">None.</p>}
    </div>
  )
}
