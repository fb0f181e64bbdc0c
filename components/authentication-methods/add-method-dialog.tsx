'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { FormActions } from '@/components/forms/form-actions'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { SignaturePresetField } from '@/components/authentication-methods/signature-preset-field'
import { TestEndpointField } from '@/components/authentication-methods/test-endpoint-field'
import { TypeField } from '@/components/authentication-methods/type-field'
import { PresetMethodPicker } from '@/components/presets/preset-method-picker'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Tabs } from '@/components/ui/tabs'
import { useOpenInAddress } from '@/components/ui/use-open-in-address'
import { createMethodAction } from '@/lib/authentication-methods/actions'
import { methodDefaults } from '@/lib/authentication-methods/method-defaults'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { TestEndpoint } from '@/lib/authentication-methods/views'
import type { PresetSummary } from '@/lib/imports/preset-views'
import { authenticationTypes, type AuthenticationType } from '@/lib/domain/vocabulary'

const formId = 'add-method'

type AddMethodDialogProps = {
  connectorId: string
  presets: readonly PresetSummary[]
  testEndpoints: readonly TestEndpoint[]
}

/** What is behind *Add new authentication method*: a form, and the methods of vendors that are ready-made. */
export function AddMethodDialog({ connectorId, presets, testEndpoints }: AddMethodDialogProps) {
  const [open, setOpen] = useOpenInAddress('add-method')
  const [tab, setTab] = useState('own')
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
        <MethodForm connectorId={connectorId} testEndpoints={testEndpoints} />
      ) : (
        <Tabs
          label="Where the method comes from"
          value={tab}
          onValueChange={setTab}
          tabs={[
            {
              value: 'own',
              label: 'Describe it',
              content: <MethodForm connectorId={connectorId} testEndpoints={testEndpoints} />,
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

function MethodForm({ connectorId, testEndpoints }: Omit<AddMethodDialogProps, 'presets'>) {
  const [type, setType] = useState<AuthenticationType | ''>('')
  const [name, setName] = useState('')
  // Until somebody writes a name, the method is called after its type.
  const choose = (next: AuthenticationType | '') => {
    setType(next)
    const isProposed = name === '' || (type !== '' && name === authenticationTypes[type])
    if (isProposed) setName(next === '' ? '' : authenticationTypes[next])
  }
  return (
    <ActionForm action={createMethodAction} id={formId} guard={false}>
      <input type="hidden" name="connectorId" value={connectorId} />
      <TextField
        name="name"
        label="Enter a name"
        required
        autoFocus
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
        help="For example “Basic auth” or “OAuth 2 for partners”."
      />
      <TypeField type={type} onChange={choose} />
      {type !== '' && authenticationTypeDefinitions[type].optionGroups.includes('signature') && (
        <SignaturePresetField />
      )}
      <TextField
        name="timeoutSeconds"
        label="Timeout limit"
        type="number"
        min={1}
        max={300}
        defaultValue={methodDefaults.timeoutSeconds}
        suffix="seconds"
        required
      />
      <TextField name="documentationUrl" label="Enter a link to documentation" type="url" placeholder="https://" />
      {testEndpoints.length > 0 && <TestEndpointField endpoints={testEndpoints} />}
      <FormActions>
        <SubmitButton>Create</SubmitButton>
      </FormActions>
    </ActionForm>
  )
}
