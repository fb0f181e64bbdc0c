'use client'

import { BoundPair } from '@/components/authentication-methods/fields/bound-pair'
import { BoundStatuses } from '@/components/authentication-methods/fields/bound-statuses'
import { MoreSettings } from '@/components/authentication-methods/fields/more-settings'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'

/** Which responses of the API say that the credentials were rejected. */
export function RejectedSection() {
  return (
    <SetupSection
      title="When credentials are treated as rejected"
      help="After such a response to an endpoint request, the instance is shown as failing until a request succeeds."
    >
      <BoundStatuses
        name="options.rejectedStatuses"
        label="Statuses that mean “rejected”"
        help="Separate several with commas. Add 403 if this API uses it for wrong credentials."
      />
      <MoreSettings label="A body that means “rejected”" fields={['options.rejectedBody']}>
        <BoundPair
          name="options.rejectedBody"
          one={{ key: 'path', label: 'Body path that means “rejected”', placeholder: '$.error.code' }}
          other={{ key: 'value', label: '… and equals', help: 'Leave empty for any value.' }}
        />
      </MoreSettings>
    </SetupSection>
  )
}
