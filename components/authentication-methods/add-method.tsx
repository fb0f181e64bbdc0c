'use client'

import { useState } from 'react'
import { MethodForm } from '@/components/authentication-methods/method-form'
import type { TypeFacts } from '@/components/authentication-methods/type-facts'
import { PresetMethodPicker } from '@/components/presets/preset-method-picker'
import { Tabs } from '@/components/ui/tabs'
import type { TestEndpoint } from '@/lib/authentication-methods/views'
import type { PresetSummary } from '@/lib/imports/preset-views'

export type AddMethodProps = {
  connectorId: string
  presets: readonly PresetSummary[]
  testEndpoints: readonly TestEndpoint[]
  types: TypeFacts
}

/** A form for a new method, and the methods of vendors that are ready-made. */
export function AddMethod({ connectorId, presets, testEndpoints, types }: AddMethodProps) {
  const [tab, setTab] = useState('own')
  const form = <MethodForm connectorId={connectorId} testEndpoints={testEndpoints} types={types} />
  if (presets.length === 0) return form
  return (
    <Tabs
      label="Where the method comes from"
      value={tab}
      onValueChange={setTab}
      tabs={[
        { value: 'own', label: 'Describe it', content: form },
        {
          value: 'ready-made',
          label: 'Ready-made',
          content: <PresetMethodPicker connectorId={connectorId} presets={presets} />,
        },
      ]}
    />
  )
}
