import { applyAccessToken, bearer } from './access-token'
import { authorizationCodeVariables, unusedCodeVariables } from './oauth2-variables'
import { defaultsOf } from '../method-options/options'
import { refreshUrl, revokeUrl, tokenPhases, tokenUrl } from './token-urls'
import type { AuthenticationTypeDefinition } from './types'

/** @see RFC 6749 §4.1 */
export const oauth2AuthorizationCode: AuthenticationTypeDefinition = {
  type: 'oauth2_authorization_code',
  label: 'OAuth 2 (authorisation code)',
  description: 'A person signs in at the third party and grants access. Patchbay stores and refreshes the tokens.',
  needsPerson: 'always',
  phases: ['authorise', 'exchange', 'refresh', 'revoke', 'after_connect', 'verify', 'endpoint'],
  urls: [
    tokenUrl({
      required: true,
      helpText: 'Where the code is exchanged for tokens, for example https://oauth.myapp.com/token/{{ account }}.',
    }),
    {
      phase: 'authorise',
      label: 'Authorise URL',
      required: true,
      helpText:
        'Where a person signs in and grants access. Patchbay adds state, redirect URI and the other OAuth parameters.',
    },
    refreshUrl,
    revokeUrl,
  ],
  defaultVariables: authorizationCodeVariables,
  defaultPhases: [{ kind: 'authorise', step: 0, httpMethod: 'GET', url: null }, ...tokenPhases],
  defaultParameters: [],
  optionGroups: ['common', 'placement', 'client', 'authorise', 'answer', 'refresh', 'expired', 'jwt'],
  defaultOptions: defaultsOf({ placement: bearer, refreshTokenPath: '{{ response_refresh_token_key }}' }),
  filledVariables: ['oauth_authorised_code'],
  unusedVariables: unusedCodeVariables,
  applyCredentials: applyAccessToken,
}
