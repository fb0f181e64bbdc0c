import { authenticationTypes, type AuthenticationType } from '@/lib/domain/vocabulary'

/** The types in the order in which one looks for them, by what the third party asks for. */
const groups: Record<string, readonly AuthenticationType[]> = {
  'Credentials with every request': ['basic', 'token', 'digest', 'none'],
  OAuth: ['oauth2_authorization_code', 'oauth2_client_credentials', 'oauth1'],
  'Tokens and signatures of other kinds': ['token_exchange', 'signed_jwt', 'request_signature'],
}

/** For a select; what other products call a type by another name stands there too. */
export const typeChoices = [
  ...Object.entries(groups).map(([group, types]) => ({
    group,
    options: types.map((value) => ({ value, label: authenticationTypes[value] })),
  })),
  { group: 'Also called', options: [{ value: 'oauth2_authorization_code', label: 'OAuth 2 Authorisation Code' }] },
]
