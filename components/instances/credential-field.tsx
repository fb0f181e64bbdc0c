'use client'

import { SecretField } from '@/components/forms/secret-field'
import { SelectField } from '@/components/forms/select-field'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import type { InstanceFieldView } from '@/lib/instances/views'

type CredentialFieldProps = {
  field: InstanceFieldView
  /** Undefined if it was not changed. */
  typed: string | undefined
  onType: (value: string | null) => void
  error?: string
  /** Why a stored secret can no longer be used. */
  retypeReason?: string
  canChange: boolean
}

const newValueWaiting = 'New value waiting for the authorisation'

/** The field of one variable, according to its kind, labelled with its display name. */
export function CredentialField({ field, typed, onType, error, retypeReason, canChange }: CredentialFieldProps) {
  const { variable, filled, waiting } = field
  const shared = {
    name: `values.${variable.id}`,
    label: variable.displayName,
    required: variable.required && variable.defaultValue === '',
    error,
    help: helpOf(field),
  }
  if (filled)
    return <TextField {...shared} required={false} value="" placeholder="Filled during the authorisation" disabled />
  if (variable.secret) {
    return (
      <SecretField
        {...shared}
        isSet={field.isSet}
        setAt={field.setAt}
        setNote={waiting ? newValueWaiting : undefined}
        retypeReason={field.isSet && typed === undefined ? retypeReason : retypeReason && ''}
        multiline={variable.inputKind === 'multiline'}
        typedBefore={typed}
        onValueChange={onType}
        disabled={!canChange}
      />
    )
  }
  const value = typed ?? field.value
  const type = (event: { target: { value: string } }) => onType(event.target.value)
  if (variable.inputKind === 'select') {
    const none =
      variable.defaultValue === '' ? 'Choose an option' : `Default (${labelOf(field, variable.defaultValue)})`
    return (
      <SelectField
        {...shared}
        options={variable.options}
        placeholder={none}
        value={value}
        onChange={type}
        disabled={!canChange}
      />
    )
  }
  const plain = {
    ...shared,
    value,
    onChange: type,
    readOnly: !canChange,
    placeholder: variable.defaultValue,
    autoComplete: 'off',
    spellCheck: false,
  }
  if (variable.inputKind === 'multiline') return <TextareaField {...plain} rows={4} />
  return (
    <TextField
      {...plain}
      {...(variable.inputKind === 'url'
        ? { type: 'url' }
        : { inputMode: variable.inputKind === 'number' ? 'decimal' : 'text' })}
    />
  )
}

function labelOf({ variable }: InstanceFieldView, value: string): string {
  return variable.options.find((option) => option.value === value)?.label ?? value
}

function helpOf({ variable, waiting, filled }: InstanceFieldView) {
  const isWaiting = waiting && !variable.secret && !filled
  if (!variable.helpText && !isWaiting) return undefined
  return (
    <>
      {variable.helpText}
      {isWaiting && <span className="block text-warn">{newValueWaiting}</span>}
    </>
  )
}
