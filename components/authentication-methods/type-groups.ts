import { authenticationTypes, type AuthenticationType } from '@/lib/domain/vocabulary'

const groups = ['Credentials with every request', 'OAuth', 'Tokens and signatures of other kinds'] as const

/** The types in the order in which one looks for them, by what the third party asks for. */
const groupOf: Record<AuthenticationType, (typeof groups)[number]> = {
  basic: 'Credentials with every request',
  token: 'Credentials with every request',
  digest: 'Credentials with every request',
  none: 'Credentials with every request',
  oauth2_authorization_code: 'OAuth',
  oauth2_client_credentials: 'OAuth',
  oauth1: 'OAuth',
  token_exchange: 'Tokens and signatures of other kinds',
  signed_jwt: 'Tokens and signatures of other kinds',
  request_signature: 'Tokens and signatures of other kinds',
}

/** For a select; what other products call a type by another name stands there too. */
export const typeChoices = [
  ...groups.map((group) => ({
    group,
    options: (Object.keys(groupOf) as AuthenticationType[])
      .filter((value) => groupOf[value] === group)
      .map((value) => ({ value, label: authenticationTypes[value] })),
  })),
  { group: 'Also called', options: [{ value: 'oauth2_authorization_code', label: 'OAuth 2 Authorisation Code' }] },
]
