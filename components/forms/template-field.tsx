'use client'

import { useState } from 'react'
import { Field, type FieldFrame } from '@/components/forms/field'
import { useFormContext } from '@/components/forms/form-context'
import { TemplateEditor } from '@/components/forms/template-editor'
import type { TemplateVariable } from './template-variable'
import { unknownWords } from '@/components/forms/template-tokens'
import { isTemplateFilter } from '@/lib/platform/forms/template-words'

type TemplateFieldProps = FieldFrame & {
  name: string
  /** All that may be named here, nearest level first; also what is filled at run time (`access_token`, `now`, …). */
  variables: readonly TemplateVariable[]
  defaultValue?: string
  value?: string
  onValueChange?: (value: string) => void
  error?: string
  multiline?: boolean
  minRows?: number
  placeholder?: string
  disabled?: boolean
  readOnly?: boolean
  maxLength?: number
}

/** A template with its label: `{{…}}` highlighted, names completed, unknown ones underlined and named. */
export function TemplateField({
  label,
  help,
  required,
  className,
  error,
  name,
  value,
  defaultValue = '',
  onValueChange,
  variables,
  ...rest
}: TemplateFieldProps) {
  const form = useFormContext()
  const [own, setOwn] = useState(form.values[name] ?? defaultValue)
  const current = value ?? own
  const known = new Set(variables.map((variable) => variable.key))
  const unknown = unknownWords(current, { isVariable: (key) => known.has(key), isFilter: isTemplateFilter })
  const change = (next: string) => {
    setOwn(next)
    onValueChange?.(next)
    form.changed()
  }
  const note = (words: string, names: string[]) =>
    names.length > 0 && (
      <span className="block text-bad">
        {words}: <code>{names.join(', ')}</code>
      </span>
    )
  const notes = [note('Not a variable here', unknown.variables), note('Not a filter', unknown.filters)]
  const isUnknown = notes.some(Boolean)
  return (
    <Field
      label={label}
      required={required}
      className={className}
      error={error ?? form.errors[name]}
      help={
        isUnknown || help ? (
          <>
            {notes[0]}
            {notes[1]}
            {help}
          </>
        ) : undefined
      }
    >
      {(control) => (
        <TemplateEditor
          name={name}
          value={current}
          onValueChange={change}
          variables={variables}
          {...control}
          {...rest}
        />
      )}
    </Field>
  )
}
