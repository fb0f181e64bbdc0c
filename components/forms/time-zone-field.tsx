'use client'

import { useState } from 'react'
import { findTimeZones } from '@/components/forms/time-zones'
import { Field } from '@/components/forms/field'
import { Combobox } from '@/components/ui/combobox'
import type { ComboboxGroup } from '@/components/ui/overlays/combobox-list'

type TimeZoneFieldProps = {
  value: string
  onChange: (value: string) => void
  help: string
  error?: string
  disabled?: boolean
  /** The words for no time zone, if one need not be chosen. */
  none?: string
}

/** An option of the list needs a value that is not empty. */
const noneValue = 'none'

/** The IANA time zones, searchable. The browser lists them when the field is used. */
export function TimeZoneField({ value, onChange, help, error, disabled = false, none }: TimeZoneFieldProps) {
  const [groups, setGroups] = useState<ComboboxGroup[]>([])
  const search = (text: string) => {
    const found = findTimeZones(text, new Date())
    const isWanted = none?.toLowerCase().includes(text.trim().toLowerCase()) === true
    setGroups(isWanted ? [{ heading: 'Default', options: [{ value: noneValue, label: none }] }, ...found] : found)
  }
  const shown = value === '' && none !== undefined ? none : value.replaceAll('_', ' ')
  return (
    <Field label="Time zone" required={none === undefined} error={error} help={help}>
      {(control) => (
        <span
          className="block"
          onPointerDownCapture={() => groups.length === 0 && search('')}
          onKeyDownCapture={() => groups.length === 0 && search('')}
        >
          <Combobox
            {...control}
            data-field="timeZone"
            chosen={shown}
            chosenValue={value === '' ? noneValue : value}
            placeholder="Choose a time zone"
            searchLabel="Search time zones"
            groups={groups}
            onSearch={search}
            onSelect={(chosen) => onChange(chosen === noneValue ? '' : chosen)}
            disabled={disabled}
            emptyText="No time zone matches."
          />
        </span>
      )}
    </Field>
  )
}
