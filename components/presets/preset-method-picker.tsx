'use client'

import { useState } from 'react'
import { SelectField } from '@/components/forms/select-field'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import { addPresetMethodAction } from '@/lib/imports/preset-actions'
import type { PresetSummary } from '@/lib/imports/preset-views'
import { unansweredForm } from '@/lib/platform/forms/unanswered'

type PresetMethodPickerProps = { connectorId: string; presets: readonly PresetSummary[] }

const valueOf = (preset: string, method: string) => JSON.stringify([preset, method])

/**
 * Adds a method of a ready-made connector to another connector. Everything is filled in and can be changed afterwards.
 */
export function PresetMethodPicker({ connectorId, presets }: PresetMethodPickerProps) {
  const [chosen, setChosen] = useState('')
  const [name, setName] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [addMethod, pending] = useAction(addPresetMethodAction, unansweredForm)
  const [presetKey = '', methodName = ''] = chosen === '' ? [] : (JSON.parse(chosen) as [string, string])
  const method = presets
    .find(({ key }) => key === presetKey)
    ?.methods.find((candidate) => candidate.name === methodName)
  const add = async () => {
    const answer = await addMethod({ connectorId, preset: presetKey, method: methodName, name })
    if (answer.status === 'invalid')
      setErrors(answer.message ? { preset: answer.message, ...answer.fieldErrors } : answer.fieldErrors)
  }
  return (
    <div className="grid gap-5">
      <SelectField
        name="preset"
        label="Ready-made method"
        placeholder="Choose a vendor's method"
        value={chosen}
        error={errors.preset}
        help={
          method
            ? `${authenticationTypes[method.type]}, filled in from the vendor's documentation.`
            : 'For a well-known API, filled in from its documentation. You can change everything afterwards.'
        }
        options={presets.map((preset) => ({
          group: preset.name,
          options: preset.methods.map((offered) => ({
            value: valueOf(preset.key, offered.name),
            label: `${preset.name}: ${offered.name}`,
          })),
        }))}
        onChange={(event) => {
          setChosen(event.target.value)
          setName('')
          setErrors({})
        }}
      />
      {method && (
        <>
          <a href={method.documentationUrl} target="_blank" rel="noreferrer" className="text-sm underline">
            The vendor&apos;s documentation
          </a>
          <TextField
            name="name"
            label="Name (optional)"
            help={`Default: ${method.name}.`}
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={errors.name}
          />
        </>
      )}
      <div className="flex justify-end border-t pt-4">
        <Button variant="primary" pending={pending} disabled={!method} onClick={add}>
          Add ready-made method
        </Button>
      </div>
    </div>
  )
}
