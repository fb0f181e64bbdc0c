'use client'

import { useState } from 'react'
import { Field, type FieldFrame } from '@/components/forms/field'
import { useFormContext } from '@/components/forms/form-context'
import { TemplateEditor } from '@/components/forms/template-editor'
import type { TemplateVariable } from './template-variable'
import { TemplateNotes } from '@/components/forms/template-notes'

type TemplateFieldProps = FieldFrame & {
  name: string
  /**
   * All names that may be used here, nearest level first, including those that are filled at run time (`access_token`,
   * `now`, …).
   */
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

/**
 * A template with its label: `{{…}}` is highlighted, names are completed, and unknown names are underlined and listed.
 */
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
  const change = (next: string) => {
    setOwn(next)
    onValueChange?.(next)
    form.changed()
  }
  return (
    <Field label={label} required={required} className={className} error={error ?? form.errors[name]} help={help}>
      {(control) => (
        <>
          <TemplateEditor
            name={name}
            value={current}
            onValueChange={change}
            variables={variables}
            {...control}
            {...rest}
          />
          <TemplateNotes
            editorId={control.id}
            name={name}
            value={current}
            variables={variables}
            onValueChange={change}
          />
        </>
      )}
    </Field>
  )
}
