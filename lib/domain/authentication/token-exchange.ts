import { applyAccessToken, bearer } from './access-token'
import { tokenKeyVariable } from './oauth2-variables'
import { defaultsOf } from '../method-options/options'
import { refreshUrl, revokeUrl, tokenPhases, tokenUrl } from './token-urls'
import type { AuthenticationTypeDefinition } from './types'

/** Nothing is added to these requests by itself: each is what the method writes. */
export const tokenExchange: AuthenticationTypeDefinition = {
  type: 'token_exchange',
  label: 'Token exchange',
  description:
    'One to five requests in order get a token, the last from the answers of those before; the token goes with every request.',
  needsPerson: 'never',
  phases: ['exchange', 'refresh', 'revoke', 'after_connect', 'verify', 'endpoint'],
  urls: [
    tokenUrl({
      required: true,
      helpText:
        'Where the token is asked for, for example https://api.myapp.com/login. What is sent is in the body and in the parameters.',
    }),
    refreshUrl,
    revokeUrl,
  ],
  defaultVariables: [tokenKeyVariable],
  defaultPhases: tokenPhases,
  defaultParameters: [],
  optionGroups: ['common', 'placement', 'client', 'answer', 'refresh', 'expired', 'jwt'],
  defaultOptions: defaultsOf({
    placement: bearer,
    clientAuthentication: 'nothing',
    requestEncoding: 'json',
    refreshBy: 'exchange',
  }),
  filledVariables: [],
  unusedVariables: () => [],
  applyCredentials: applyAccessToken,
}
