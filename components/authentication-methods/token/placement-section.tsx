'use client'

import { BoundSelect } from '@/components/authentication-methods/fields/bound-select'
import { BoundTemplate } from '@/components/authentication-methods/fields/bound-template'
import { BoundText } from '@/components/authentication-methods/fields/bound-text'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { placementLocations, type PlacementLocation } from '@/lib/domain/vocabulary'

const keyLabels: Record<PlacementLocation, string> = {
  header: 'Header name',
  url: 'Parameter name',
  body: 'Parameter name',
  cookie: 'Cookie name',
  none: '',
}

/** How endpoint requests and the test request carry the credential. */
export function PlacementSection() {
  const { draft } = useSetup()
  const place = draft.options.placement?.place ?? 'none'
  return (
    <SetupSection
      title="How the credential is sent"
      help="Sent with endpoint requests, test requests and lookups. To send more values, add parameters on the tabs URL parameters, Headers and Body."
    >
      <div className="grid gap-5 sm:grid-cols-[11rem_1fr]">
        <BoundSelect name="options.placement.place" label="Sent in" choices={placementLocations} />
        {place !== 'none' && (
          <BoundText name="options.placement.key" label={keyLabels[place]} maxLength={256} required />
        )}
        {place !== 'none' && (
          <BoundTemplate
            className="sm:col-span-2"
            name="options.placement.value"
            label="Value"
            required
            help="Include the prefix, for example Bearer {{ access_token }}."
            maxLength={4096}
          />
        )}
      </div>
    </SetupSection>
  )
}
