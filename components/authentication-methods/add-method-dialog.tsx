'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { PresetMethodPicker } from '@/components/presets/preset-method-picker'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Tabs } from '@/components/ui/tabs'
import { useOpenInAddress } from '@/components/ui/use-open-in-address'
import type { TestEndpoint } from '@/lib/authentication-methods/views'
import type { PresetSummary } from '@/lib/imports/preset-views'
import { MethodForm } from '@/components/authentication-methods/method-form'
import type { TypeFacts } from '@/components/authentication-methods/type-facts'

type AddMethodDialogProps = {
  connectorId: string
  presets: readonly PresetSummary[]
  testEndpoints: readonly TestEndpoint[]
  types: TypeFacts
}

/** What is behind *Add new authentication method*: a form, and the methods of vendors that are ready-made. */
export function AddMethodDialog({ connectorId, presets, testEndpoints, types }: AddMethodDialogProps) {
  const [open, setOpen] = useOpenInAddress('add-method')
  const [tab, setTab] = useState('own')
  const form = <MethodForm connectorId={connectorId} testEndpoints={testEndpoints} types={types} />
  return (
    <Dialog
      title="Add new authentication method"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="primary">
          <Plus aria-hidden className="size-4" />
          Add new authentication method
        </Button>
      }
    >
      {presets.length === 0 ? (
        form
      ) : (
        <Tabs
          label="Where the method comes from"
          value={tab}
          onValueChange={setTab}
          tabs={[
            {
              value: 'own',
              label: 'Describe it',
              content: form,
            },
            {
              value: 'ready-made',
              label: 'Ready-made',
              content: <PresetMethodPicker connectorId={connectorId} presets={presets} />,
            },
          ]}
        />
      )}
    </Dialog>
  )
}
