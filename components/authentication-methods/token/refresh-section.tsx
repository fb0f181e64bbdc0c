'use client'

import { BoundCheckbox } from '@/components/authentication-methods/fields/bound-checkbox'
import { BoundLines } from '@/components/authentication-methods/fields/bound-lines'
import { BoundSelect } from '@/components/authentication-methods/fields/bound-select'
import { BoundStatuses } from '@/components/authentication-methods/fields/bound-statuses'
import { MoreSettings } from '@/components/authentication-methods/fields/more-settings'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'
import { refreshModes } from '@/lib/domain/method-options/option-choices'

/** How a token that expires is replaced, and which responses say that this is no longer possible. */
export function RefreshSection() {
  return (
    <SetupSection title="Refresh">
      <BoundSelect
        className="max-w-sm"
        name="options.refreshBy"
        label="How to renew the token"
        help="If there is no refresh token and no person has to act, the token requests are sent again."
        choices={refreshModes}
      />
      <MoreSettings
        label="Responses to a refresh"
        fields={[
          ...['options.refreshWithoutToken', 'options.deadGrantErrors', 'options.deadGrantStatuses'],
          ...['options.failingErrors', 'options.failingStatuses'],
        ]}
      >
        <BoundCheckbox
          name="options.refreshWithoutToken"
          label="A response without a token extends the current one"
          help="For APIs that only confirm a refresh."
        />
        <BoundLines
          name="options.deadGrantErrors"
          label="Errors that end the authorisation"
          help="One per line: the error codes after which a person has to authorise again. A response of 400 or 401 without a body means the same."
          placeholder="invalid_grant"
        />
        <BoundStatuses
          name="options.deadGrantStatuses"
          label="Statuses that end the authorisation"
          help="Separate several with commas. The rest of the response is ignored."
        />
        <BoundLines
          name="options.failingErrors"
          label="Errors that authorising again does not fix"
          help="One per line: the error codes after which the instance is failing. After other errors the refresh is tried again later."
          placeholder="invalid_client"
        />
        <BoundStatuses
          name="options.failingStatuses"
          label="Statuses that authorising again does not fix"
          help="Separate several with commas. The rest of the response is ignored."
        />
      </MoreSettings>
    </SetupSection>
  )
}
