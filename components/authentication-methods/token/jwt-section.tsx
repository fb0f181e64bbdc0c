'use client'

import { BoundSelect } from '@/components/authentication-methods/fields/bound-select'
import { BoundTemplate } from '@/components/authentication-methods/fields/bound-template'
import { MoreSettings } from '@/components/authentication-methods/fields/more-settings'
import { RowsEditor } from '@/components/authentication-methods/fields/rows-editor'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'
import { claimKinds } from '@/lib/domain/method-options/option-choices'
import { keyEncodings } from '@/lib/domain/key-bytes'

const help =
  'Signed for each request. It replaces {{ signed_jwt }} in the templates of this method, and is the assertion of private_key_jwt and client_secret_jwt.'

/** The JSON Web Token of the method. It is open for types that are based on a JWT; for others it is rarely needed. */
export function JwtSection({ open = false }: { open?: boolean }) {
  if (open) {
    return (
      <SetupSection title="Signed JWT" help={help}>
        <JwtFields />
      </SetupSection>
    )
  }
  return (
    <SetupSection title="Signed JWT">
      <MoreSettings
        label="A JWT signed by this method"
        summary="for private_key_jwt, client_secret_jwt and {{ signed_jwt }}"
        fields={['options.jwt']}
      >
        <p className="text-sm text-muted">{help}</p>
        <JwtFields />
      </MoreSettings>
    </SetupSection>
  )
}

function JwtFields() {
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <BoundTemplate
          name="options.jwt.algorithm"
          label="Algorithm"
          help="RS, PS, ES or HS with 256, 384 or 512, or EdDSA."
          maxLength={256}
        />
        <BoundTemplate
          name="options.jwt.lifetime"
          label="Lifetime of the JWT"
          help="In seconds. Sets exp."
          maxLength={256}
        />
        <BoundTemplate
          name="options.jwt.key"
          label="Signing key"
          help="A secret variable: {{ private_key }}"
          maxLength={4096}
        />
        <BoundSelect
          name="options.jwt.keyEncoding"
          label="Encoding of the key"
          help="PEM for private keys; the others for HS secrets."
          choices={keyEncodings}
        />
      </div>
      <div className="grid gap-2">
        <h4 className="text-sm font-medium">Claims</h4>
        <p className="text-sm text-muted">
          iat, exp and jti are added unless you define them here. A claim whose variables have no value is left out. In
          a list, put an item with spaces in double quotes.
        </p>
        <RowsEditor
          name="options.jwt.claims"
          noun="claim"
          addLabel="Add claim"
          most={40}
          blank={{ name: '', value: '', kind: 'text' }}
          columns={[
            { key: 'name', label: 'Claim', kind: 'text', placeholder: 'sub', width: '10rem', maxLength: 256 },
            { key: 'value', label: 'Value of the claim', kind: 'template', placeholder: '{{ issuer }}' },
            { key: 'kind', label: 'Kind of the claim', kind: 'select', choices: claimKinds, width: '10rem' },
          ]}
        />
      </div>
      <div className="grid gap-2">
        <h4 className="text-sm font-medium">Header</h4>
        <p className="text-sm text-muted">In addition to alg and typ.</p>
        <RowsEditor
          name="options.jwt.header"
          noun="header field"
          addLabel="Add header field"
          blank={{ name: '', value: '' }}
          columns={[
            { key: 'name', label: 'Header field', kind: 'text', placeholder: 'kid', width: '10rem', maxLength: 256 },
            { key: 'value', label: 'Value of the header field', kind: 'template', placeholder: '{{ key_id }}' },
          ]}
        />
      </div>
    </>
  )
}
