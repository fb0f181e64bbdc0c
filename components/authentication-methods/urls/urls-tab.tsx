'use client'

import { RedirectUris } from '@/components/authentication-methods/redirect-uris'
import { BoundTemplate } from '@/components/authentication-methods/fields/bound-template'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { Discovery } from '@/components/authentication-methods/urls/discovery'
import { PhaseSection } from '@/components/authentication-methods/urls/phase-section'
import { oauth2Types } from '@/lib/domain/oauth2/oauth2-types'
import type { RedirectUriView } from '@/lib/authentication-methods/views'

type UrlsTabProps = { connectorBaseUrl: string; redirectUris: RedirectUriView }

/** *URLs*: the redirect URIs to register at the third party, and where each of the method's own requests goes. */
export function UrlsTab({ connectorBaseUrl, redirectUris }: UrlsTabProps) {
  const { definition, canChange } = useSetup()
  const own = definition.phases.filter((kind) => kind !== 'verify' && kind !== 'endpoint')
  return (
    <div className="grid max-w-3xl gap-6">
      {definition.needsPerson !== 'never' && <RedirectUris view={redirectUris} />}
      {canChange && oauth2Types.includes(definition.type) && (
        <div>
          <Discovery />
        </div>
      )}
      {own.map((kind) => (
        <PhaseSection key={kind} kind={kind} />
      ))}
      <SetupSection title="Base URL">
        <BoundTemplate
          name="options.baseUrl"
          label="Base URL of this method"
          help="Replaces the connector's base URL for every request with this method, for example for another environment or for an address that an instance receives when it connects."
          maxLength={2048}
          placeholder={connectorBaseUrl === '' ? 'The connector has no base URL' : connectorBaseUrl}
        />
      </SetupSection>
    </div>
  )
}
