'use client'

import { RowsEditor } from '@/components/authentication-methods/fields/rows-editor'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'

/** What the third party adds to the address when it sends the person back. */
export function CallbackSection() {
  return (
    <SetupSection
      title="Values stored from the callback"
      help="Parameters that the API adds to the redirect URI, for example a realm ID. Each fills the variable of that name; missing variables are created when you save."
    >
      <RowsEditor
        name="options.keptFromCallback"
        noun="value"
        addLabel="Store a callback value"
        blank={{ variable: '', parameter: '' }}
        columns={[
          { key: 'variable', label: 'Variable', kind: 'text', placeholder: 'realm_id', maxLength: 128 },
          { key: 'parameter', label: 'Callback parameter', kind: 'text', placeholder: 'realmId', maxLength: 256 },
        ]}
      />
    </SetupSection>
  )
}
