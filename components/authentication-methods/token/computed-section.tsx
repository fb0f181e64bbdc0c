'use client'

import { RowsEditor } from '@/components/authentication-methods/fields/rows-editor'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'

/** Values computed from other values. */
export function ComputedSection() {
  return (
    <SetupSection
      title="Computed values"
      help="Computed from variables and filters, once per request. Use a value as {{ key }} anywhere in this method. A later value can use earlier ones."
    >
      <RowsEditor
        name="options.computed"
        noun="computed value"
        addLabel="Add computed value"
        ordered
        blank={{ key: '', value: '' }}
        columns={[
          {
            key: 'key',
            label: 'Key of the computed value',
            kind: 'text',
            placeholder: 'signature',
            width: '12rem',
            maxLength: 128,
          },
          {
            key: 'value',
            label: 'Template of the computed value',
            kind: 'template',
            multiline: true,
            placeholder: '{{ username | downcase }}',
            maxLength: 16_384,
          },
        ]}
      />
    </SetupSection>
  )
}
