import type { AuthenticationType } from '../vocabulary'

/** Types whose token requests have the fields of OAuth 2. Those of other types consist of templates only. */
export const oauth2Types: readonly AuthenticationType[] = [
  'oauth2_authorization_code',
  'oauth2_client_credentials',
  'signed_jwt',
]
