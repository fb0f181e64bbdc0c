import { lockedVariable } from './default-variable'
import { applyAccessToken, bearer } from './access-token'
import { defaultsOf } from './options'
import type { AuthenticationTypeDefinition } from './types'

export const tokenExchange: AuthenticationTypeDefinition = {
  type: 'token_exchange',
  label: 'Token exchange',
  description: 'One to five requests in order get a token, the last from the answers of those before; the token goes with every request.',
  needsPerson: 'never',
  phases: ['exchange', 'refresh', 'revoke', 'after_connect', 'verify', 'endpoint'],
  urls: [
    { phase: 'exchange', label: 'URL / Token URL', required: true, helpText: 'Where the token is asked for, for example https://oauth.myapp.com/token/{{ account }}.' },
    { phase: 'refresh', label: '(Optional) Re-authenticate URL', required: false, helpText: 'Where tokens are refreshed. Left empty: the token URL.' },
  ],
  defaultVariables: [
    lockedVariable({ key: 'response_authentication_token_key', displayName: 'Response authentication token key', defaultValue: 'access_token', advanced: true }),
  ],
  defaultPhases: [
    { kind: 'exchange', step: 0, httpMethod: 'POST', url: null },
    { kind: 'verify', step: 0, httpMethod: 'GET', url: null },
  ],
  defaultParameters: [],
  optionGroups: ['common', 'placement', 'client', 'answer', 'refresh', 'expired', 'jwt'],
  defaultOptions: defaultsOf({ placement: bearer }),
  filledVariables: [],
  unusedVariables: () => [],
  applyCredentials: applyAccessToken,
}
