'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { FormActions } from '@/components/forms/form-actions'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { SignaturePresetField } from '@/components/authentication-methods/signature-preset-field'
import { TestEndpointField } from '@/components/authentication-methods/test-endpoint-field'
import { TypeField } from '@/components/authentication-methods/type-field'
import { createMethodAction } from '@/lib/authentication-methods/actions'
import { methodDefaults } from '@/lib/authentication-methods/method-defaults'
import type { TestEndpoint } from '@/lib/authentication-methods/views'
import { authenticationTypes, type AuthenticationType } from '@/lib/domain/vocabulary'
import type { TypeFacts } from '@/components/authentication-methods/type-facts'

const formId = 'add-method'

type MethodFormProps = { connectorId: string; testEndpoints: readonly TestEndpoint[]; types: TypeFacts }

/** Creates a method: its name, its type, and an endpoint for its test request. */
export function MethodForm({ connectorId, testEndpoints, types }: MethodFormProps) {
  const [type, setType] = useState<AuthenticationType | ''>('')
  const [name, setName] = useState('')
  // Until somebody enters a name, the method is named after its type.
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
      <TypeField type={type} onChange={choose} types={types} />
      {type !== '' && types[type].hasSignature && <SignaturePresetField />}
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
