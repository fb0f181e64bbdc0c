'use client'

import { Plus, X } from 'lucide-react'
import { TextField } from '@/components/forms/text-field'
import { Button } from '@/components/ui/button'
import { DropdownMenu } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import type { ShapeFilter } from '@/lib/flows/shape-views'

type ShapeFiltersProps = {
  filters: ShapeFilter[]
  typed: Record<string, string | null>
  onType: (parameterId: string, value: string | null) => void
  errors: Record<string, string>
  disabled: boolean
}

/** *Filters*: the endpoint's optional parameters; each is sent only if it is added here. */
export function ShapeFilters({ filters, typed, onType, errors, disabled }: ShapeFiltersProps) {
  const all = filters.map(({ definition, value }) => ({
    definition,
    value: typed[definition.id] === undefined ? value : (typed[definition.id] ?? null),
  }))
  const added = all.filter(({ value }) => value !== null)
  const free = all.filter(({ value }) => value === null)
  return (
    <section aria-label="Filters" className="grid gap-3">
      <h3 className="text-sm font-medium">Filters</h3>
      {added.map(({ definition: { id, key, displayName, helpText }, value }) => (
        <div key={id} className="flex items-start gap-1">
          <TextField
            className="min-w-0 grow"
            name={`filters.${id}`}
            label={displayName || key}
            help={helpText || undefined}
            value={value ?? ''}
            maxLength={4096}
            disabled={disabled}
            error={errors[`filters.${id}`]}
            onChange={(event) => onType(id, event.target.value)}
          />
          {!disabled && (
            <IconButton
              label={`Remove filter ${displayName || key}`}
              className="mt-6.5"
              onClick={() => onType(id, null)}
            >
              <X aria-hidden />
            </IconButton>
          )}
        </div>
      ))}
      {free.length > 0 && !disabled && (
        <div>
          <DropdownMenu
            align="start"
            trigger={
              <Button size="sm">
                <Plus aria-hidden />
                Add filter
              </Button>
            }
            items={free.map(({ definition }) => ({
              label: definition.displayName || definition.key,
              // The default of the definition, unless it is a template: a template is rendered if nothing is typed.
              onSelect: () => onType(definition.id, definition.value.includes('{{') ? '' : definition.value),
            }))}
          />
        </div>
      )}
    </section>
  )
}
