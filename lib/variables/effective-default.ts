import 'server-only'
import type { VariableDefinition } from '@/lib/domain/definitions'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { redirectUris } from '@/lib/platform/redirect-uris'

/**
 * The value of a variable that nobody has set: its default, or this installation's redirect URI for *Dashboard OAuth
 * Callback URL* (PRODUCT §5).
 */
export function effectiveDefault(
  { key, defaultValue }: Pick<VariableDefinition, 'key' | 'defaultValue'>,
  type: AuthenticationType,
): string {
  const isOurs = type === 'oauth2_authorization_code' && key === 'dashboard_oauth_callback_url'
  return isOurs && defaultValue === '' ? (redirectUris()[0] ?? '') : defaultValue
}
