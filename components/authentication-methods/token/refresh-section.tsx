'use client'

import { BoundCheckbox } from '@/components/authentication-methods/fields/bound-checkbox'
import { BoundLines } from '@/components/authentication-methods/fields/bound-lines'
import { BoundSelect } from '@/components/authentication-methods/fields/bound-select'
import { MoreSettings } from '@/components/authentication-methods/fields/more-settings'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'
import { refreshModes } from '@/lib/domain/method-options/option-choices'

/** How a token that ends is replaced, and when that is no longer possible. */
export function RefreshSection() {
  return (
    <SetupSection title="Refresh">
      <BoundSelect
        className="max-w-sm"
        name="options.refreshBy"
        label="A new token is got"
        help="Where no refresh token came and no person is needed, the token requests are made again."
        choices={refreshModes}
      />
      <MoreSettings label="Answers to a refresh" fields={['options.refreshWithoutToken', 'options.deadGrantErrors']}>
        <BoundCheckbox
          name="options.refreshWithoutToken"
          label="An answer without a token extends the one there is"
          help="For third parties that only confirm a refresh."
        />
        <BoundLines
          name="options.deadGrantErrors"
          label="Errors that end the authorisation"
          help="One per line: the error codes after which a person has to authorise again. Other errors are tried again later."
          placeholder="invalid_grant"
        />
      </MoreSettings>
    </SetupSection>
  )
}
