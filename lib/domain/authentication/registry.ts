import type { AuthenticationType } from '../vocabulary'
import { basic } from './basic'
import { none } from './none'
import { oauth2AuthorizationCode } from './oauth2-authorization-code'
import { token } from './token'
import type { AuthenticationTypeDefinition } from './types'

/** Every authentication type. A further one is one file, one line here and one word in the vocabulary; the compiler lists what is missing. */
export const authenticationTypeDefinitions = {
  basic,
  token,
  oauth2_authorization_code: oauth2AuthorizationCode,
  none,
} satisfies Record<AuthenticationType, AuthenticationTypeDefinition> as Record<AuthenticationType, AuthenticationTypeDefinition>
