'use client'

import { useState } from 'react'
import { useBound } from '@/components/authentication-methods/setup-context'
import { Field, type FieldFrame } from '@/components/forms/field'
import { Textarea } from '@/components/ui/textarea'

const linesIn = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** A list of texts, one per line. */
export function BoundLines({ name, label, placeholder, ...rest }: FieldFrame & { name: string; placeholder?: string }) {
  const { value, set, error, readOnly } = useBound<string[] | null>(name)
  const list = (value ?? []).join('\n')
  const [text, setText] = useState(list)
  const shown = linesIn(text).join('\n') === list ? text : list
  const change = (typed: string) => {
    setText(typed)
    set(linesIn(typed))
  }
  return (
    <Field label={label} error={error} {...rest}>
      {(control) => (
        <Textarea
          name={name}
          mono
          rows={Math.min(8, Math.max(2, shown.split('\n').length))}
          placeholder={placeholder}
          value={shown}
          readOnly={readOnly}
          onChange={(event) => change(event.target.value)}
          {...control}
        />
      )}
    </Field>
  )
}
