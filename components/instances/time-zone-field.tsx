'use client'

import { useState } from 'react'
import { findTimeZones } from '@/components/instances/time-zones'
import { Field } from '@/components/forms/field'
import { Combobox } from '@/components/ui/combobox'
import type { ComboboxGroup } from '@/components/ui/overlays/combobox-list'

type TimeZoneFieldProps = { value: string; onChange: (value: string) => void; error?: string; disabled: boolean }

/** The IANA time zones, searchable. The browser lists them when the field is used. */
export function TimeZoneField({ value, onChange, error, disabled }: TimeZoneFieldProps) {
  const [groups, setGroups] = useState<ComboboxGroup[]>([])
  const search = (text: string) => setGroups(findTimeZones(text, new Date()))
  return (
    <Field label="Time zone" required error={error} help="Used for dates and times without a time zone.">
      {(control) => (
        <span
          className="block"
          onPointerDownCapture={() => groups.length === 0 && search('')}
          onKeyDownCapture={() => groups.length === 0 && search('')}
        >
          <Combobox
            {...control}
            data-field="timeZone"
            chosen={value.replaceAll('_', ' ')}
            chosenValue={value}
            placeholder="Choose a time zone"
            searchLabel="Search time zones"
            groups={groups}
            onSearch={search}
            onSelect={onChange}
            disabled={disabled}
            emptyText="No time zone matches."
          />
        </span>
      )}
    </Field>
  )
}
