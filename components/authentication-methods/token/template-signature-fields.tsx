'use client'

import { RowsEditor } from '@/components/authentication-methods/fields/rows-editor'

const places = { header: 'Header', url: 'URL' }

/** The templates that are added to the finished request to sign it. */
export function TemplateSignatureFields() {
  return (
    <div className="grid gap-2">
      <p className="text-sm text-muted">
        Rendered when the rest of the request is complete. Besides the variables, you can use{' '}
        <code>{'{{ request_method }}'}</code>, <code>{'{{ request_path }}'}</code>, <code>{'{{ request_query }}'}</code>
        , <code>{'{{ request_body }}'}</code>, <code>{'{{ now }}'}</code> and <code>{'{{ nonce }}'}</code>. A long
        template is easier to read as a computed value below.
      </p>
      <RowsEditor
        name="options.signature.placements"
        noun="signed value"
        addLabel="Add signed value"
        ordered
        blank={{ place: 'header', key: '', value: '' }}
        columns={[
          {
            key: 'key',
            label: 'Name of the signed value',
            kind: 'text',
            placeholder: 'X-Signature',
            width: '11rem',
            maxLength: 256,
          },
          {
            key: 'value',
            label: 'Signed value',
            kind: 'template',
            placeholder: '{{ request_body | hmac_sha256: secret_key }}',
          },
          { key: 'place', label: 'Location of the signed value', kind: 'select', choices: places, width: '7rem' },
        ]}
      />
    </div>
  )
}
