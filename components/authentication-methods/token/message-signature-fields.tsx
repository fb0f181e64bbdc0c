'use client'

import { BoundLines } from '@/components/authentication-methods/fields/bound-lines'
import { BoundSeconds } from '@/components/authentication-methods/fields/bound-seconds'
import { BoundSelect } from '@/components/authentication-methods/fields/bound-select'
import { BoundTemplate } from '@/components/authentication-methods/fields/bound-template'
import { BoundText } from '@/components/authentication-methods/fields/bound-text'
import { messageSignatureAlgorithms } from '@/lib/domain/method-options/option-choices'
import { keyEncodings } from '@/lib/domain/key-bytes'

const algorithms = Object.fromEntries(messageSignatureAlgorithms.map((algorithm) => [algorithm, algorithm]))
const digests = { none: 'None', 'sha-256': 'SHA-256', 'sha-512': 'SHA-512' }

/** RFC 9421. */
export function MessageSignatureFields() {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <BoundLines
        name="options.signature.components"
        label="Signed components"
        help="One per line: header names, and @method, @target-uri, @authority, @path, @query."
        placeholder={'@method\n@target-uri'}
      />
      <BoundSelect name="options.signature.algorithm" label="Signature algorithm" choices={algorithms} />
      <BoundTemplate
        name="options.signature.key"
        label="Signing key of the request"
        required
        help="A secret variable: a private key in PEM, or the shared secret for hmac-sha256."
        placeholder="{{ secret_key }}"
      />
      <BoundSelect name="options.signature.keyEncoding" label="Encoding of the signing key" choices={keyEncodings} />
      <BoundTemplate name="options.signature.keyId" label="Key ID (keyid)" placeholder="{{ key_id }}" />
      <BoundText name="options.signature.label" label="Label" maxLength={64} placeholder="sig1" />
      <BoundText name="options.signature.tag" label="Tag" maxLength={256} help="Optional: what the signature is for." />
      <BoundSeconds
        name="options.signature.lifetimeSeconds"
        label="Lifetime of the signature"
        help="Optional. Sets expires."
      />
      <BoundSelect
        name="options.signature.contentDigest"
        label="Content-Digest"
        help="Adds the digest of the body (RFC 9530). To sign it, add content-digest to the components."
        choices={digests}
      />
    </div>
  )
}
