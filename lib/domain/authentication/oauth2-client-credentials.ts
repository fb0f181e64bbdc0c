import { applyAccessToken, bearer } from './access-token'
import { clientCredentialsVariables, unusedClientVariables } from './oauth2-variables'
import { defaultsOf } from '../method-options/options'
import { refreshUrl, revokeUrl, tokenPhases, tokenUrl } from './token-urls'
import type { AuthenticationTypeDefinition } from './types'

/** @see RFC 6749 §4.4 */
export const oauth2ClientCredentials: AuthenticationTypeDefinition = {
  type: 'oauth2_client_credentials',
  label: 'OAuth 2 (client credentials)',
  description: 'The application gets a token with its client ID and secret. No person has to act.',
  needsPerson: 'never',
  phases: ['exchange', 'refresh', 'revoke', 'after_connect', 'verify', 'endpoint'],
  urls: [
    tokenUrl({
      required: true,
      helpText: 'The address for token requests, for example https://oauth.myapp.com/token/{{ account }}.',
    }),
    refreshUrl,
    revokeUrl,
  ],
  defaultVariables: clientCredentialsVariables,
  defaultPhases: tokenPhases,
  defaultParameters: [],
  optionGroups: ['common', 'placement', 'client', 'answer', 'refresh', 'expired', 'jwt'],
  defaultOptions: defaultsOf({ placement: bearer }),
  filledVariables: [],
  unusedVariables: unusedClientVariables,
  applyCredentials: applyAccessToken,
}
