'use client'

import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'

type KeptRow = { variable: string; source: string }

type KeptValuesTableProps = {
  title: string
  help: string
  sourceLabel: string
  /** The option's name, in front of `.<index>.…` in field errors. */
  field: string
  rows: readonly KeptRow[]
  onChange: (rows: KeptRow[]) => void
  errors: Record<string, string>
  canChange: boolean
}

/** Pairs of a variable and where its value comes from. */
export function KeptValuesTable({ title, help, sourceLabel, field, rows, onChange, errors, canChange }: KeptValuesTableProps) {
  const id = useId()
  const replace = (index: number, part: Partial<KeptRow>) => onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  const error = Object.entries(errors).find(([name]) => name.startsWith(`${field}.`))?.[1]
  return (
    <section aria-labelledby={id} className="grid gap-2">
      <h3 id={id} className="font-medium">
        {title}
      </h3>
      <p className="text-sm text-muted">{help}</p>
      {rows.map((row, index) => (
        // The rows have no identity of their own: their place is who they are.
        <div key={index} className="grid grid-cols-[1fr_1fr_auto] gap-2">
          <Input mono aria-label="Variable" placeholder="instance_url" value={row.variable} readOnly={!canChange} onChange={(event) => replace(index, { variable: event.target.value })} />
          <Input mono aria-label={sourceLabel} placeholder={sourceLabel} value={row.source} readOnly={!canChange} onChange={(event) => replace(index, { source: event.target.value })} />
          {canChange && (
            <IconButton label={`Remove ${row.variable === '' ? 'this value' : row.variable}`} onClick={() => onChange(rows.filter((_, at) => at !== index))}>
              <X aria-hidden className="size-4" />
            </IconButton>
          )}
        </div>
      ))}
      {error && <p className="text-sm text-bad">{error}</p>}
      {canChange && (
        <div>
          <Button size="sm" onClick={() => onChange([...rows, { variable: '', source: '' }])}>
            <Plus aria-hidden className="size-4" />
            Keep a value
          </Button>
        </div>
      )}
    </section>
  )
}
