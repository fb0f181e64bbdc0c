import 'server-only'
import type { VariableDefinition } from '@/lib/domain/definitions'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { redirectUris } from '@/lib/platform/redirect-uris'

/**
 * What counts where nobody gave a value: the variable's default, and for *Dashboard OAuth Callback URL* this
 * installation's redirect URI (PRODUCT §5).
 */
export function defaultInForce(
  { key, defaultValue }: Pick<VariableDefinition, 'key' | 'defaultValue'>,
  type: AuthenticationType,
): string {
  const isOurs = type === 'oauth2_authorization_code' && key === 'dashboard_oauth_callback_url'
  return isOurs && defaultValue === '' ? (redirectUris()[0] ?? '') : defaultValue
}
