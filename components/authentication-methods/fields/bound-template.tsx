'use client'

import { useState } from 'react'
import { RenderedPreview } from '@/components/authentication-methods/fields/rendered-preview'
import { useBound, useSetup } from '@/components/authentication-methods/setup-context'
import type { FieldFrame } from '@/components/forms/field'
import { TemplateField } from '@/components/forms/template-field'

type BoundTemplateProps = FieldFrame & { name: string; maxLength?: number; placeholder?: string; multiline?: boolean; minRows?: number }

/** A template of the draft; while it is being written, what it becomes stands below. */
export function BoundTemplate({ name, className, ...rest }: BoundTemplateProps) {
  const { variables } = useSetup()
  const { value, set, error, readOnly } = useBound<string | null>(name)
  const [focused, setFocused] = useState(false)
  return (
    <div className={className} onFocus={() => setFocused(true)} onBlur={() => setFocused(false)}>
      <TemplateField name={name} value={value ?? ''} onValueChange={set} error={error} readOnly={readOnly} variables={variables} {...rest} />
      {focused && <RenderedPreview source={value ?? ''} />}
    </div>
  )
}
