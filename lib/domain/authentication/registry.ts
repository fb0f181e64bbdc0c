import type { AuthenticationType } from '../vocabulary'
import { basic } from './basic'
import { digest } from './digest'
import { none } from './none'
import { oauth1 } from './oauth1'
import { oauth2AuthorizationCode } from './oauth2-authorization-code'
import { oauth2ClientCredentials } from './oauth2-client-credentials'
import { requestSignature } from './request-signature'
import { signedJwt } from './signed-jwt'
import { token } from './token'
import { tokenExchange } from './token-exchange'
import type { AuthenticationTypeDefinition } from './types'

/**
 * All authentication types. A new type needs a file, a line here and a word in the vocabulary; the compiler reports what
 * is missing.
 */
export const authenticationTypeDefinitions = {
  basic,
  token,
  oauth2_client_credentials: oauth2ClientCredentials,
  oauth2_authorization_code: oauth2AuthorizationCode,
  oauth1,
  token_exchange: tokenExchange,
  signed_jwt: signedJwt,
  request_signature: requestSignature,
  digest,
  none,
} satisfies Record<AuthenticationType, AuthenticationTypeDefinition> as Record<
  AuthenticationType,
  AuthenticationTypeDefinition
>
