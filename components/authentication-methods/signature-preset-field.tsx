'use client'

import { useState } from 'react'
import { SelectField } from '@/components/forms/select-field'
import { signaturePresets } from '@/lib/domain/authentication/signature-presets'

/** The scheme that a *Request signature* starts with: one that many third parties use, or none. */
export function SignaturePresetField() {
  const [chosen, setChosen] = useState('')
  const preset = signaturePresets.find(({ key }) => key === chosen)
  return (
    <SelectField
      name="signaturePreset"
      label="Start from"
      placeholder="Nothing"
      help={
        preset?.description ??
        'A well-known signature with its variables. Choose “Nothing” to describe the signature yourself.'
      }
      options={signaturePresets.map(({ key, name }) => ({ value: key, label: name }))}
      onChange={(event) => setChosen(event.target.value)}
    />
  )
}
