'use client'

import { RenderedPreview } from '@/components/authentication-methods/fields/rendered-preview'
import { useBound, useSetup } from '@/components/authentication-methods/setup-context'
import type { FieldFrame } from '@/components/forms/field'
import { TemplateField } from '@/components/forms/template-field'

type BoundTemplateProps = FieldFrame & {
  name: string
  maxLength?: number
  placeholder?: string
  multiline?: boolean
  minRows?: number
}

/** A template of the draft. While it is being edited, its result is shown below. */
export function BoundTemplate({ name, className, ...rest }: BoundTemplateProps) {
  const { variables } = useSetup()
  const { value, set, error, readOnly } = useBound<string | null>(name)
  return (
    <div className={className}>
      <TemplateField
        name={name}
        value={value ?? ''}
        onValueChange={set}
        error={error}
        readOnly={readOnly}
        variables={variables}
        {...rest}
      />
      <RenderedPreview name={name} source={value ?? ''} />
    </div>
  )
}
