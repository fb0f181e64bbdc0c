import { authenticationTypes, type AuthenticationType } from '@/lib/domain/vocabulary'

const groups = ['Credentials with every request', 'OAuth', 'Tokens and signatures of other kinds'] as const

/** The types, grouped by what the third party asks for. */
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

/** What other products and vendors call a type: the search finds it by these words too (PRODUCT §5). */
const otherNames: Partial<Record<AuthenticationType, string>> = {
  basic: 'user name password HTTP Basic',
  token: 'API key bearer',
  oauth2_authorization_code: 'OAuth 2 Authorisation Code authorization three-legged',
  oauth2_client_credentials: 'OAuth 2 Client Credentials machine to machine',
  token_exchange: 'session log-in login',
  signed_jwt: 'JSON Web Token service account assertion',
  request_signature: 'HMAC AWS Signature Version 4 WSSE RFC 9421',
}

/** Every type once, in the groups of a select; with a search text, only the types that match all of its words. */
export function typeChoices(search = '') {
  const words = wordsOf(search)
  const isFound = (type: AuthenticationType) => {
    const known = wordsOf(`${authenticationTypes[type]} ${otherNames[type] ?? ''}`)
    return words.every((word) => known.some((one) => one.startsWith(word)))
  }
  return groups
    .map((group) => ({
      group,
      options: (Object.keys(groupOf) as AuthenticationType[])
        .filter((value) => groupOf[value] === group && isFound(value))
        .map((value) => ({ value, label: authenticationTypes[value] })),
    }))
    .filter(({ options }) => options.length > 0)
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '')
}
