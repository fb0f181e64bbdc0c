'use client'

import { BoundCheckbox } from '@/components/authentication-methods/fields/bound-checkbox'
import { BoundSelect } from '@/components/authentication-methods/fields/bound-select'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'

const placements = { header: 'Authorization header', query: 'URL', body: 'Form body' }

/** Where a signed request carries the oauth_… parameters. */
export function OAuth1Section() {
  return (
    <SetupSection
      title="How the signature is sent"
      help="Each request is signed when it is sent (RFC 5849). The variable Signature method sets the algorithm."
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <BoundSelect name="options.oauth1.placement" label="OAuth parameters are sent in" choices={placements} />
        <BoundCheckbox
          className="sm:pt-7"
          name="options.oauth1.bodyHash"
          label="Sign the body too (oauth_body_hash)"
          help="For bodies that are not a form."
        />
      </div>
    </SetupSection>
  )
}
