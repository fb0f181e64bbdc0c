'use client'

import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { RenderedPreview } from '@/components/authentication-methods/fields/rendered-preview'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { TemplateEditor } from '@/components/forms/template-editor'
import { TemplateNotes } from '@/components/forms/template-notes'
import { Checkbox } from '@/components/ui/checkbox'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'

export type RowColumn = {
  key: string
  /** The accessible name of each cell, and its placeholder. */
  label: string
  kind: 'text' | 'template' | 'select' | 'check'
  /** For templates: a text to sign often contains line breaks. */
  multiline?: boolean
  placeholder?: string
  choices?: Record<string, string>
  /** A CSS grid width. */
  width?: string
  maxLength?: number
}

type RowsEditorRowProps = {
  name: string
  columns: readonly RowColumn[]
  row: Record<string, unknown>
  noun: string
  onChange: (row: Record<string, unknown>) => void
  onRemove: () => void
  onMoveUp?: () => void
  onMoveDown?: () => void
}

export function RowsEditorRow({
  name,
  columns,
  row,
  noun,
  onChange,
  onRemove,
  onMoveUp,
  onMoveDown,
}: RowsEditorRowProps) {
  const { errors, canChange } = useSetup()
  const called = String(row[columns[0]?.key ?? ''] || `this ${noun}`)
  return (
    <li className="grid">
      <div
        className="grid grid-cols-1 items-start gap-2 sm:grid-cols-(--columns)"
        style={
          {
            '--columns': [
              ...columns.map(({ width }) => width ?? 'minmax(0,1fr)'),
              onMoveUp || onMoveDown ? '6rem' : 'auto',
            ].join(' '),
          } as React.CSSProperties
        }
      >
        {columns.map((column) => (
          <RowCell
            key={column.key}
            name={`${name}.${column.key}`}
            column={column}
            value={row[column.key]}
            invalid={errors[`${name}.${column.key}`] !== undefined}
            onChange={(value) => onChange({ ...row, [column.key]: value })}
          />
        ))}
        {canChange && (
          <div className="flex justify-end">
            {onMoveUp && (
              <IconButton label={`Move ${called} up`} size="sm" onClick={onMoveUp}>
                <ArrowUp aria-hidden className="size-4" />
              </IconButton>
            )}
            {onMoveDown && (
              <IconButton label={`Move ${called} down`} size="sm" onClick={onMoveDown}>
                <ArrowDown aria-hidden className="size-4" />
              </IconButton>
            )}
            <IconButton label={`Remove ${called}`} onClick={onRemove}>
              <X aria-hidden className="size-4" />
            </IconButton>
          </div>
        )}
      </div>
      {columns
        .filter(({ kind }) => kind === 'template')
        .map(({ key }) => (
          <RenderedPreview key={key} name={`${name}.${key}`} source={String(row[key] ?? '')} />
        ))}
    </li>
  )
}

type RowCellProps = {
  name: string
  column: RowColumn
  value: unknown
  invalid: boolean
  onChange: (value: unknown) => void
}

function RowCell({ name, column, value, invalid, onChange }: RowCellProps) {
  const { variables, canChange } = useSetup()
  const { label, kind, multiline, placeholder = label, choices = {}, maxLength = 512 } = column
  const wrong = invalid ? { 'aria-invalid': true as const } : {}
  if (kind === 'check') {
    return (
      <label className="flex h-8 items-center gap-2 text-sm whitespace-nowrap">
        <Checkbox
          name={name}
          checked={value === true}
          disabled={!canChange}
          onChange={(event) => onChange(event.target.checked)}
        />
        {label}
      </label>
    )
  }
  if (kind === 'select') {
    return (
      <Select
        name={name}
        aria-label={label}
        value={String(value ?? '')}
        disabled={!canChange}
        onChange={(event) => onChange(event.target.value)}
        {...wrong}
      >
        {Object.entries(choices).map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </Select>
    )
  }
  if (kind === 'template') {
    return (
      <div className="grid min-w-0 gap-1.5">
        <TemplateEditor
          id={name}
          name={name}
          aria-label={label}
          multiline={multiline}
          placeholder={placeholder}
          value={String(value ?? '')}
          readOnly={!canChange}
          maxLength={column.maxLength ?? 4096}
          variables={variables}
          onValueChange={onChange}
          {...wrong}
        />
        <TemplateNotes
          editorId={name}
          name={name}
          value={String(value ?? '')}
          variables={variables}
          onValueChange={onChange}
        />
      </div>
    )
  }
  return (
    <Input
      mono
      name={name}
      aria-label={label}
      placeholder={placeholder}
      value={String(value ?? '')}
      readOnly={!canChange}
      maxLength={maxLength}
      onChange={(event) => onChange(event.target.value)}
      {...wrong}
    />
  )
}
