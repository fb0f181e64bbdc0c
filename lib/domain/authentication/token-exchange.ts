import { applyAccessToken, bearer } from './access-token'
import { tokenKeyVariable } from './oauth2-variables'
import { defaultsOf } from '../method-options/options'
import { refreshUrl, revokeUrl, tokenPhases, tokenUrl } from './token-urls'
import type { AuthenticationTypeDefinition } from './types'

/** Nothing is added to the token requests automatically: the method defines all of them. */
export const tokenExchange: AuthenticationTypeDefinition = {
  type: 'token_exchange',
  label: 'Token exchange',
  description:
    'One to five requests in order get a token; later ones can use values of earlier responses. The token is sent with every request.',
  needsPerson: 'never',
  phases: ['exchange', 'refresh', 'revoke', 'after_connect', 'verify', 'endpoint'],
  urls: [
    tokenUrl({
      required: true,
      helpText:
        'The address for token requests, for example https://api.myapp.com/login. Define the request in the body and the parameters.',
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
