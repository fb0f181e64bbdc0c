'use client'

import { ArrowDown, ArrowUp, Ellipsis, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { TemplateEditor } from '@/components/forms/template-editor'
import { TemplateNotes } from '@/components/forms/template-notes'
import type { ParameterRow } from '@/components/parameters/parameter-row'
import { carriedBy, carrierOf, type ParameterTableProps } from '@/components/parameters/parameter-editing'
import type { Carrier } from './carrier'
import { DropdownMenu } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'

type RowProps = Omit<ParameterTableProps, 'rows' | 'visible' | 'place' | 'onChange' | 'shared'> & {
  row: ParameterRow
  index: number
  onChange: (row: ParameterRow) => void
  onRemove: () => void
  onMoveUp?: () => void
  onMoveDown?: () => void
}

export function ParameterTableRow({
  row,
  index,
  onChange,
  onRemove,
  onMoveUp,
  onMoveDown,
  carriers,
  canChange,
  errors,
  optionalHelp,
  preview,
  ...template
}: RowProps) {
  const id = useId()
  const called = row.key === '' ? 'the new parameter' : row.key
  const error = Object.entries(errors).find(([field]) => field.startsWith(`parameters.${index}.`))
  const wrong = (field: string) =>
    error?.[0] === `parameters.${index}.${field}`
      ? { 'aria-invalid': true as const, 'aria-describedby': `${id}-error` }
      : {}
  const chosen = carrierOf(carriers ?? [], row)
  const carry = (carrier: Carrier | undefined) =>
    carrier && onChange({ ...row, phases: [...carrier.phases], steps: [...carrier.steps] })
  return (
    <li className="grid gap-1.5">
      <div className="grid grid-cols-[1fr_auto] items-start gap-2 lg:grid-cols-[minmax(8rem,14rem)_minmax(12rem,1fr)_auto_auto_auto]">
        <Input
          mono
          aria-label="Key"
          name={`parameters.${index}.key`}
          placeholder="Key"
          value={row.key}
          readOnly={!canChange}
          maxLength={256}
          onChange={(event) => onChange({ ...row, key: event.target.value })}
          className="max-lg:col-span-1"
          {...wrong('key')}
        />
        <div className="grid min-w-0 gap-1.5 max-lg:order-3 max-lg:col-span-2">
          <TemplateEditor
            id={`${id}-value`}
            aria-label={`Value of ${called}`}
            name={`parameters.${index}.value`}
            value={row.value}
            readOnly={!canChange}
            maxLength={4096}
            onValueChange={(value) => onChange({ ...row, value })}
            {...template}
            {...wrong('value')}
          />
          <TemplateNotes
            editorId={`${id}-value`}
            name={`parameters.${index}.value`}
            sentAs={row.key}
            value={row.value}
            variables={template.variables}
            onValueChange={(value) => onChange({ ...row, value })}
          />
          {preview?.(`parameters.${index}.value`, row.value)}
        </div>
        {carriers && carriers.length > 1 && (
          <Select
            key={chosen}
            aria-label={`Sent with, for ${called}`}
            className="max-lg:order-4 max-lg:col-span-2 lg:w-48"
            defaultValue={String(chosen)}
            disabled={!canChange}
            onChange={(event) => carry(carriers[Number(event.target.value)])}
          >
            {chosen === -1 && <option value="-1">{carriedBy(row)}</option>}
            {carriers.map((carrier, position) => (
              <option key={carrier.label} value={position}>
                {carrier.label}
              </option>
            ))}
          </Select>
        )}
        {optionalHelp !== undefined && (
          <Select
            key={String(row.required)}
            aria-label={`Whether ${called} is always sent`}
            title={optionalHelp}
            className="max-lg:order-5 max-lg:col-span-2 lg:w-36"
            defaultValue={row.required ? 'required' : 'optional'}
            disabled={!canChange}
            onChange={(event) => onChange({ ...row, required: event.target.value === 'required' })}
          >
            <option value="required">Always sent</option>
            <option value="optional">Optional</option>
          </Select>
        )}
        {canChange && (
          <DropdownMenu
            trigger={
              <IconButton label={`More for ${called}`}>
                <Ellipsis aria-hidden className="size-4" />
              </IconButton>
            }
            items={[
              { label: 'Move up', icon: ArrowUp, disabled: !onMoveUp, onSelect: () => onMoveUp?.() },
              { label: 'Move down', icon: ArrowDown, disabled: !onMoveDown, onSelect: () => onMoveDown?.() },
              { label: 'Remove', icon: Trash2, danger: true, onSelect: onRemove },
            ]}
          />
        )}
      </div>
      {error && (
        <p id={`${id}-error`} className="text-sm text-bad">
          {error[1]}
        </p>
      )}
    </li>
  )
}
