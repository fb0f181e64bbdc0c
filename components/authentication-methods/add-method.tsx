'use client'

import { useState } from 'react'
import { CurlMethodForm } from '@/components/curl/curl-method-form'
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

/** A form for a new method, the methods of vendors that are ready-made, and the one of a curl command. */
export function AddMethod({ connectorId, presets, testEndpoints, types }: AddMethodProps) {
  const [tab, setTab] = useState('own')
  const form = <MethodForm connectorId={connectorId} testEndpoints={testEndpoints} types={types} />
  const readyMade = {
    value: 'ready-made',
    label: 'Ready-made',
    content: <PresetMethodPicker connectorId={connectorId} presets={presets} />,
  }
  return (
    <Tabs
      label="Where the method comes from"
      value={tab}
      onValueChange={setTab}
      tabs={[
        { value: 'own', label: 'Describe it', content: form },
        ...(presets.length > 0 ? [readyMade] : []),
        { value: 'curl', label: 'Paste a curl command', content: <CurlMethodForm connectorId={connectorId} /> },
      ]}
    />
  )
}
