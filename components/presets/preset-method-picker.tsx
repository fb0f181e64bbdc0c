'use client'

import { useState, useTransition } from 'react'
import { SelectField } from '@/components/forms/select-field'
import { Button } from '@/components/ui/button'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import { answered } from '@/lib/forms/answered'
import { addPresetMethodAction } from '@/lib/presets/actions'
import type { PresetSummary } from '@/lib/presets/views'

type PresetMethodPickerProps = { connectorId: string; presets: readonly PresetSummary[] }

const valueOf = (preset: string, method: string) => JSON.stringify([preset, method])

/** A method of a ready-made connector, for one's own: everything filled in, to be changed afterwards. */
export function PresetMethodPicker({ connectorId, presets }: PresetMethodPickerProps) {
  const [chosen, setChosen] = useState('')
  const [error, setError] = useState('')
  const [pending, startTransition] = useTransition()
  const [presetKey = '', methodName = ''] = chosen === '' ? [] : (JSON.parse(chosen) as [string, string])
  const method = presets.find(({ key }) => key === presetKey)?.methods.find(({ name }) => name === methodName)
  const add = () =>
    startTransition(async () => {
      const answer = await answered(addPresetMethodAction({ connectorId, preset: presetKey, method: methodName }))
      if (answer.status === 'invalid') setError(answer.message ?? Object.values(answer.fieldErrors)[0] ?? '')
    })
  return (
    <div className="grid gap-3">
      <SelectField
        name="preset"
        label="Ready-made method"
        placeholder="Choose a vendor's method"
        value={chosen}
        error={error}
        help={method ? `${authenticationTypes[method.type]}, filled in from the vendor's documentation.` : 'Of a well-known API, filled in from its documentation. It can be changed afterwards.'}
        options={presets.map((preset) => ({
          group: preset.name,
          options: preset.methods.map(({ name }) => ({ value: valueOf(preset.key, name), label: `${preset.name}: ${name}` })),
        }))}
        onChange={(event) => {
          setChosen(event.target.value)
          setError('')
        }}
      />
      {method && (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <a href={method.documentationUrl} target="_blank" rel="noreferrer" className="text-sm underline">
            The vendor&apos;s documentation
          </a>
          <Button pending={pending} onClick={add}>
            Add ready-made method
          </Button>
        </div>
      )}
    </div>
  )
}
