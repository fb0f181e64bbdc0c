'use client'

import { SecretField } from '@/components/forms/secret-field'
import { SelectField } from '@/components/forms/select-field'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import type { ShapeVariable } from '@/lib/flows/shape-views'

type ShapeValuesProps = {
  variables: ShapeVariable[]
  typed: Record<string, string | null>
  onType: (variableId: string, value: string | null) => void
  errors: Record<string, string>
  disabled: boolean
}

/** The endpoint's variables, as fields according to their definitions. */
export function ShapeValues({ variables, typed, onType, errors, disabled }: ShapeValuesProps) {
  return variables.map(({ definition, value, isSet }) => {
    const { id, displayName, key, helpText, required, secret, inputKind, options, defaultValue } = definition
    const shared = {
      name: `values.${id}`,
      label: displayName || key,
      help: helpText || undefined,
      required,
      error: errors[`values.${id}`],
      disabled,
    }
    const current = typed[id] ?? value
    const change = (event: { target: { value: string } }) => onType(id, event.target.value)
    if (secret) return <SecretField key={id} {...shared} isSet={isSet} onValueChange={(next) => onType(id, next)} />
    if (inputKind === 'select') {
      const placeholder = defaultValue === '' ? 'Not set' : `Default: ${defaultValue}`
      return (
        <SelectField
          key={id}
          {...shared}
          value={current}
          onChange={change}
          placeholder={placeholder}
          options={options}
        />
      )
    }
    if (inputKind === 'multiline')
      return (
        <TextareaField
          key={id}
          {...shared}
          value={current}
          onChange={change}
          placeholder={defaultValue}
          maxLength={4096}
        />
      )
    return (
      <TextField
        key={id}
        {...shared}
        value={current}
        onChange={change}
        placeholder={defaultValue}
        inputMode={inputKind === 'number' ? 'numeric' : undefined}
        maxLength={4096}
      />
    )
  })
}
