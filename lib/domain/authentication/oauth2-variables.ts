import { defaultVariable, essentialVariable } from './default-variable'
import type { MethodOptions } from '../method-options/options-schema'
import type { DefaultVariable } from './types'
import { sentName } from '../method-options/parameter-names'

/** The variables of the OAuth 2 types. Those fixed by the protocol are advanced: few third parties need other values. */

const scope = defaultVariable({
  key: 'scope',
  displayName: 'Scope',
  helpText: 'Scopes to request, separated by spaces.',
  required: false,
})

const clientId = essentialVariable({
  key: 'client_id',
  displayName: 'Client ID',
  helpText: 'Identifies your application at the API. Also called application ID or consumer key.',
})

const clientSecret = defaultVariable({
  key: 'client_secret',
  displayName: 'Client secret',
  helpText: 'Issued together with the client ID.',
  secret: true,
})

export const tokenKeyVariable = defaultVariable({
  key: 'response_authentication_token_key',
  displayName: 'Response authentication token key',
  helpText: 'Where to find the access token in the response: a name, or a JSON path such as $.data.token.',
  defaultValue: 'access_token',
  advanced: true,
})

const codeVariables: readonly DefaultVariable[] = [
  defaultVariable({
    key: 'grant_type',
    displayName: 'Grant_type',
    helpText: 'Sent when the code is exchanged for tokens.',
    defaultValue: 'authorization_code',
    advanced: true,
  }),
  defaultVariable({
    key: 'response_type_key',
    displayName: 'Response type key',
    helpText: 'Sent as response_type to the authorise URL.',
    defaultValue: 'code',
    advanced: true,
  }),
  defaultVariable({
    key: 'oauth_authorised_code',
    displayName: 'OAuth Authorised Code',
    helpText: 'Filled in by an authorisation.',
    required: false,
    secret: true,
    advanced: true,
  }),
  defaultVariable({
    key: 'dashboard_oauth_callback_url',
    displayName: 'Dashboard OAuth Callback URL',
    helpText:
      'The redirect URI registered with the API. Default: the address of Patchbay where the authorisation starts.',
    required: false,
    inputKind: 'url',
    advanced: true,
  }),
  defaultVariable({
    key: 'refresh_grant_type',
    displayName: 'Refresh Grant type',
    helpText: 'Sent as grant_type when tokens are refreshed.',
    defaultValue: 'refresh_token',
    advanced: true,
  }),
  defaultVariable({
    key: 'response_refresh_token_key',
    displayName: 'Response Refresh Token Key',
    helpText: 'Where to find the refresh token in the response: a name, or a JSON path.',
    required: false,
    defaultValue: 'refresh_token',
    advanced: true,
  }),
]

export const authorizationCodeVariables: readonly DefaultVariable[] = [
  defaultVariable({
    key: 'state_length',
    displayName: 'State length',
    helpText: 'Number of characters of the random state parameter, 22 to 128.',
    defaultValue: '40',
    inputKind: 'number',
    pattern: '2[2-9]|[3-9][0-9]|1[01][0-9]|12[0-8]',
    advanced: true,
  }),
  ...[scope, clientId, clientSecret, tokenKeyVariable],
  ...codeVariables,
]

export const clientCredentialsVariables: readonly DefaultVariable[] = [
  ...[clientId, clientSecret, scope],
  defaultVariable({
    key: 'grant_type',
    displayName: 'Grant_type',
    helpText:
      'client_credentials, or another grant type. For password, add the user name and the password as body parameters.',
    defaultValue: 'client_credentials',
    advanced: true,
  }),
  tokenKeyVariable,
]

/**
 * Variables that a client authentication makes unnecessary: a public client has no secret (RFC 6749 §2.1), and a client
 * that signs has a key instead (RFC 7523 §2.2).
 */
export function unusedClientVariables({ clientAuthentication }: Pick<MethodOptions, 'clientAuthentication'>): string[] {
  if (clientAuthentication === 'nothing') return ['client_id', 'client_secret']
  return clientAuthentication === 'none' || clientAuthentication === 'private_key_jwt' ? ['client_secret'] : []
}

/** The authorise URL needs the client ID, unless the method leaves it out. */
export function unusedCodeVariables(options: Pick<MethodOptions, 'clientAuthentication' | 'parameterNames'>): string[] {
  const unused = unusedClientVariables(options)
  return sentName(options, 'client_id', 'authorise') === null ? unused : unused.filter((key) => key !== 'client_id')
}
