'use client'

import { BoundPair } from '@/components/authentication-methods/fields/bound-pair'
import { BoundStatuses } from '@/components/authentication-methods/fields/bound-statuses'
import { MoreSettings } from '@/components/authentication-methods/fields/more-settings'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'

/** Which responses of the API say that the token has expired. */
export function ExpiredSection() {
  return (
    <SetupSection
      title="When a token is treated as expired"
      help="After such a response to an endpoint request, the token is refreshed once and the request is sent again."
    >
      <BoundStatuses
        name="options.expiredStatuses"
        label="Statuses that mean “token expired”"
        help="Separate several with commas."
      />
      <MoreSettings
        label="A header or a body that means “token expired”"
        fields={['options.expiredHeader', 'options.expiredBody']}
      >
        <BoundPair
          name="options.expiredHeader"
          one={{ key: 'name', label: 'Header that means “token expired”', placeholder: 'WWW-Authenticate' }}
          other={{ key: 'contains', label: '… where it contains', help: 'Leave empty for any value.' }}
        />
        <BoundPair
          name="options.expiredBody"
          one={{ key: 'path', label: 'Body path that means “token expired”', placeholder: '$.error.code' }}
          other={{ key: 'value', label: '… where it has this value', help: 'Leave empty for any value.' }}
        />
      </MoreSettings>
    </SetupSection>
  )
}
