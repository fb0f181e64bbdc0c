'use client'

import { RowsEditor } from '@/components/authentication-methods/fields/rows-editor'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'

/** What the third party says in the address when it sends the person back. */
export function CallbackSection() {
  return (
    <SetupSection
      title="Values kept from the callback"
      help="Parameters that the third party adds when it sends the person back: a realm ID, say. They fill the variables of that name, which are made when you save."
    >
      <RowsEditor
        name="options.keptFromCallback"
        noun="value"
        addLabel="Keep a callback value"
        blank={{ variable: '', parameter: '' }}
        columns={[
          { key: 'variable', label: 'Variable', kind: 'text', placeholder: 'realm_id', maxLength: 128 },
          { key: 'parameter', label: 'Callback parameter', kind: 'text', placeholder: 'realmId', maxLength: 256 },
        ]}
      />
    </SetupSection>
  )
}
