'use client'

import { useState } from 'react'
import { useBound } from '@/components/authentication-methods/setup-context'
import { TextField } from '@/components/forms/text-field'

const words = (statuses: readonly number[]) => statuses.join(', ')

/** HTTP statuses, separated by commas. The text stays as it was typed until the statuses change elsewhere. */
export function BoundStatuses({ name, label, help }: { name: string; label: string; help: string }) {
  const { value, set, error, readOnly } = useBound<number[] | null>(name)
  const statuses = value ?? []
  const [text, setText] = useState(words(statuses))
  const shown = words(statusesIn(text)) === words(statuses) ? text : words(statuses)
  const change = (typed: string) => {
    setText(typed)
    set(statusesIn(typed))
  }
  return (
    <TextField
      name={name}
      label={label}
      help={help}
      value={shown}
      inputMode="numeric"
      mono
      readOnly={readOnly}
      error={error}
      maxLength={120}
      onChange={(event) => change(event.target.value)}
    />
  )
}

/** A text that is not a number becomes 0, which the schema refuses. It must not be dropped silently. */
function statusesIn(text: string): number[] {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '')
  return parts.map((part) => (/^\d{3}$/.test(part) ? Number(part) : 0))
}
