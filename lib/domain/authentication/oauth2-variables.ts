import { lockedVariable } from './default-variable'
import type { DefaultVariable } from './types'

/** What OAuth 2 (authorisation code) asks for. What the protocol fixes is advanced: few third parties need another value. */
export const oauth2Variables: readonly DefaultVariable[] = [
  lockedVariable({
    key: 'state_length',
    displayName: 'State length',
    helpText: 'Characters of the random state parameter, 22 to 128.',
    defaultValue: '40',
    inputKind: 'number',
    pattern: '2[2-9]|[3-9][0-9]|1[01][0-9]|12[0-8]',
    advanced: true,
  }),
  lockedVariable({ key: 'scope', displayName: 'Scope', helpText: 'What access is asked for, separated by spaces.', required: false }),
  lockedVariable({ key: 'client_id', displayName: 'Client ID' }),
  lockedVariable({ key: 'client_secret', displayName: 'Client secret', secret: true }),
  lockedVariable({
    key: 'response_authentication_token_key',
    displayName: 'Response authentication token key',
    helpText: 'Where the answer holds the access token: a name, or a JSON path such as $.data.token.',
    defaultValue: 'access_token',
    advanced: true,
  }),
  lockedVariable({ key: 'grant_type', displayName: 'Grant_type', defaultValue: 'authorization_code', advanced: true }),
  lockedVariable({
    key: 'response_type_key',
    displayName: 'Response type key',
    helpText: 'Sent as response_type to the authorise URL.',
    defaultValue: 'code',
    advanced: true,
  }),
  lockedVariable({
    key: 'oauth_authorised_code',
    displayName: 'OAuth Authorised Code',
    helpText: 'Filled while a person authorises.',
    required: false,
    secret: true,
    advanced: true,
  }),
  lockedVariable({
    key: 'dashboard_oauth_callback_url',
    displayName: 'Dashboard OAuth Callback URL',
    helpText: 'The redirect URI to register at the third party. Left empty: the one of the address at which the authorisation is begun.',
    required: false,
    inputKind: 'url',
    advanced: true,
  }),
  lockedVariable({ key: 'refresh_grant_type', displayName: 'Refresh Grant type', defaultValue: 'refresh_token', advanced: true }),
  lockedVariable({
    key: 'response_refresh_token_key',
    displayName: 'Response Refresh Token Key',
    helpText: 'Where the answer holds the refresh token: a name, or a JSON path.',
    required: false,
    defaultValue: 'refresh_token',
    advanced: true,
  }),
]
