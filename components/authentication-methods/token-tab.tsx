'use client'

import { OAuthTokenFields } from '@/components/authentication-methods/oauth-token-fields'
import { PlacementFields } from '@/components/authentication-methods/placement-fields'
import type { SetupTabProps } from '@/components/authentication-methods/urls-tab'

/** *Token*: where the token and its expiry are found in the answer, and how it is sent. */
export function TokenTab(props: SetupTabProps) {
  if (props.type === 'none') return <p className="text-muted">Nothing is sent: this type has no credentials.</p>
  if (props.type === 'basic') {
    return (
      <p className="max-w-prose text-muted">
        Username and password are sent as <code>Authorization: Basic</code> with base64 of <code>username:password</code> (RFC 7617).
      </p>
    )
  }
  return (
    <div className="grid max-w-3xl gap-8">
      {props.type === 'oauth2_authorization_code' && <OAuthTokenFields {...props} />}
      <PlacementFields {...props} />
    </div>
  )
}
