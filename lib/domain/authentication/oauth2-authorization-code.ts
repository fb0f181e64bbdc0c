import { applyAccessToken, bearer } from './access-token'
import { oauth2Variables } from './oauth2-variables'
import { defaultsOf, type MethodOptions } from './options'
import type { AuthenticationTypeDefinition } from './types'

/** A public client has no secret (RFC 6749 §2.1), and one that signs has a key instead (RFC 7523 §2.2). */
function unusedVariables({ clientAuthentication }: MethodOptions): string[] {
  return ['none', 'nothing', 'private_key_jwt'].includes(clientAuthentication) ? ['client_secret'] : []
}

export const oauth2AuthorizationCode: AuthenticationTypeDefinition = {
  type: 'oauth2_authorization_code',
  label: 'OAuth 2 (authorisation code)',
  description: 'A person signs in at the third party and grants access; the tokens this yields are kept and refreshed.',
  needsPerson: 'always',
  phases: ['authorise', 'exchange', 'refresh', 'revoke', 'after_connect', 'verify', 'endpoint'],
  urls: [
    {
      phase: 'exchange',
      label: 'URL / Token URL',
      required: true,
      helpText: 'Where the code is exchanged for tokens, for example https://oauth.myapp.com/token/{{ account }}.',
    },
    {
      phase: 'authorise',
      label: 'Authorise URL',
      required: true,
      helpText: 'Where a person signs in and grants access. State, redirect URI and the other OAuth parameters are added.',
    },
    {
      phase: 'refresh',
      label: '(Optional) Re-authenticate URL',
      required: false,
      helpText: 'Where tokens are refreshed. Left empty: the token URL.',
    },
  ],
  defaultVariables: oauth2Variables,
  defaultPhases: [
    { kind: 'authorise', step: 0, httpMethod: 'GET', url: null },
    { kind: 'exchange', step: 0, httpMethod: 'POST', url: null },
    { kind: 'refresh', step: 0, httpMethod: null, url: null },
    { kind: 'verify', step: 0, httpMethod: 'GET', url: null },
  ],
  defaultParameters: [],
  optionGroups: ['common', 'placement', 'client', 'authorise', 'answer', 'refresh', 'expired', 'jwt'],
  defaultOptions: defaultsOf({ placement: bearer, refreshTokenPath: '{{ response_refresh_token_key }}' }),
  filledVariables: ['oauth_authorised_code'],
  unusedVariables,
  applyCredentials: applyAccessToken,
}
