'use client'

import { BoundSelect } from '@/components/authentication-methods/fields/bound-select'
import { BoundTemplate } from '@/components/authentication-methods/fields/bound-template'

const places = { header: 'Authorization header', query: 'URL (presigned)' }

export function AwsSignatureFields() {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <BoundTemplate
        name="options.signature.accessKeyId"
        label="Access key ID"
        required
        placeholder="{{ access_key_id }}"
      />
      <BoundTemplate
        name="options.signature.secretAccessKey"
        label="Secret access key"
        required
        help="A secret variable."
        placeholder="{{ secret_key }}"
      />
      <BoundTemplate name="options.signature.region" label="Region" required placeholder="{{ region }}" />
      <BoundTemplate
        name="options.signature.service"
        label="Service"
        required
        help="As AWS names it: execute-api, s3, sts."
        placeholder="execute-api"
      />
      <BoundTemplate
        name="options.signature.sessionToken"
        label="Session token"
        help="Only for temporary credentials."
        placeholder="{{ session_token }}"
      />
      <BoundSelect name="options.signature.signedIn" label="Signature is sent in" choices={places} />
    </div>
  )
}
