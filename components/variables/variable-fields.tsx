'use client'

import { useState } from 'react'
import { CheckboxField } from '@/components/forms/checkbox-field'
import { SelectField } from '@/components/forms/select-field'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import { suggestKey, writeOptions } from '@/components/variables/variable-draft'
import { counted } from '@/lib/domain/counted'
import { inputKinds, type InputKind } from '@/lib/domain/vocabulary'
import type { VariableView } from '@/lib/variables/views'

const allKinds = Object.keys(inputKinds) as InputKind[]

/** All fields of a variable. The key of a locked one, and whether it is secret, cannot be changed (rule R13). */
export function VariableFields({ variable }: { variable: VariableView | null }) {
  const locked = variable?.locked ?? false
  const [key, setKey] = useState(variable?.key ?? '')
  const [keyIsOwn, setKeyIsOwn] = useState(variable !== null)
  const [secret, setSecret] = useState(variable?.secret ?? false)
  const [inputKind, setInputKind] = useState<InputKind>(variable?.inputKind ?? 'text')
  const Default = inputKind === 'multiline' ? TextareaField : TextField
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          name="displayName"
          label="Display name"
          required
          autoFocus
          maxLength={120}
          defaultValue={variable?.displayName}
          help="What people see beside the field."
          onChange={(event) => !keyIsOwn && setKey(suggestKey(event.target.value))}
        />
        <TextField
          name="key"
          label="Key"
          required
          mono
          maxLength={64}
          disabled={locked}
          value={key}
          onChange={(event) => {
            setKey(event.target.value)
            setKeyIsOwn(true)
          }}
          help={
            <>
              Write it as <code>{`{{ ${key || 'key'} }}`}</code> in templates.
            </>
          }
        />
      </div>
      <TextareaField
        name="helpText"
        label="Help text"
        rows={2}
        maxLength={4096}
        defaultValue={variable?.helpText}
        help="Where to find the value at the third party."
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          name="inputKind"
          label="Input"
          defaultValue={inputKind}
          options={allKinds.map((kind) => ({ value: kind, label: inputKinds[kind] }))}
          onChange={(event) => setInputKind(event.target.value as InputKind)}
        />
        <TextField
          name="alias"
          label="Alias"
          maxLength={120}
          defaultValue={variable?.alias}
          help="The third party’s own name for it."
        />
      </div>
      {inputKind === 'select' && (
        <TextareaField
          name="options"
          label="Options"
          required
          rows={4}
          defaultValue={writeOptions(variable?.options ?? [])}
          help="One per line. Write “value | what people see” if the two differ."
        />
      )}
      {secret ? (
        <p className="text-sm text-muted">
          A secret variable has no default value: a definition contains no credentials.
        </p>
      ) : (
        <Default
          name="defaultValue"
          label="Default value"
          maxLength={4096}
          defaultValue={variable?.defaultValue}
          placeholder={variable?.effectiveDefault}
          help="Used if an instance has no value of its own."
        />
      )}
      <VariableFlagFields variable={variable} onSecretChange={setSecret} />
      <TextField
        name="pattern"
        label="Validation pattern"
        mono
        maxLength={512}
        defaultValue={variable?.pattern}
        help="A regular expression that the whole value must match, for example [a-z0-9-]+. Leave it empty for any value."
      />
    </>
  )
}

function VariableFlagFields({
  variable,
  onSecretChange,
}: {
  variable: VariableView | null
  onSecretChange: (secret: boolean) => void
}) {
  const locked = variable?.locked ?? false
  const [shown, setShown] = useState({
    required: variable?.required ?? false,
    configurable: variable?.configurable ?? true,
    advanced: variable?.advanced ?? false,
  })
  const flag = (name: keyof typeof shown) => ({
    name,
    checked: shown[name],
    onChange: (event: { target: { checked: boolean } }) => setShown({ ...shown, [name]: event.target.checked }),
  })
  const never = !shown.required && !shown.configurable && !shown.advanced
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 font-medium">Who fills it in</legend>
      <CheckboxField {...flag('required')} label="Required" help="Nothing is sent without a value." />
      <CheckboxField {...flag('configurable')} label="Configurable" help="Asked for when an instance is set up." />
      <CheckboxField
        {...flag('advanced')}
        label="Advanced"
        help="Asked for under “Advanced”, for the few who need it."
      />
      {never && <p className="text-sm text-muted">It is never shown and always has its default value.</p>}
      <CheckboxField
        name="secret"
        label="Secret"
        disabled={locked}
        defaultChecked={variable?.secret}
        onChange={(event) => onSecretChange(event.target.checked)}
        help={
          variable && !variable.secret && variable.instancesWithValue > 0
            ? `Switching this on permanently seals the values of ${counted(variable.instancesWithValue, 'instance')}.`
            : 'Sealed when it is saved, and never shown again.'
        }
      />
    </fieldset>
  )
}
