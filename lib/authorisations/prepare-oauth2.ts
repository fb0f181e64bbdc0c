import 'server-only'
import { signer } from '@/lib/platform/crypto/signer'
import type { PkceMode } from '@/lib/domain/method-options/option-choices'
import { checkSigningKey } from '@/lib/domain/oauth2/check-signing-key'
import { buildAuthorizeUrl, chooseRedirectUri, oauthScope } from '@/lib/domain/oauth2/authorize-url'
import { challengeOf } from '@/lib/domain/oauth2/pkce'
import { stateLength } from '@/lib/domain/oauth2/state'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import { succeed, type Result } from '@/lib/domain/result'
import type { Credentials } from '@/lib/credentials/credentials'
import { reservedValues } from '@/lib/exchange/reserved-values'
import { tokenUrlFor, withCallbackPlaceholders } from './bound-token-url'
import type { Prepared } from './prepared'
import { redirectUris } from '@/lib/platform/redirect-uris'
import { newState, newVerifier } from './state'

/** The authorise URL, and the token URL that the code will be sent to. @see RFC 6749 §4.1 */
export function prepareOAuth2(credentials: Credentials, startedOn: string): Result<Prepared> {
  const { connector, method, values, confirmedOrigins } = credentials
  const { options } = method
  const scope = oauthScope(credentials)
  const redirectUri = chooseRedirectUri(scope, redirectUris(), startedOn)
  if (!redirectUri.ok) return redirectUri
  const length = stateLength(scope)
  if (!length.ok) return length
  const state = newState(length.value)
  const verifier = options.pkce === 'off' ? null : newVerifier()
  const pkce = pkceOf(verifier, options.pkce)
  const base = { connector, method, values, confirmedOrigins, context: { reserved: reservedValues({}), signer } }
  const key = checkSigningKey(base)
  if (!key.ok) return key
  const authoriseUrl = buildAuthorizeUrl({ ...base, state, redirectUri: redirectUri.value, pkce })
  if (!authoriseUrl.ok) return authoriseUrl
  // Builds the token request as the exchange will, so that its errors appear now.
  const later = { ...base, values: withCallbackPlaceholders(credentials).values }
  const tokenRequest = buildTokenRequest({
    ...later,
    grant: { kind: 'code', code: 'code', redirectUri: redirectUri.value, codeVerifier: verifier },
  })
  if (!tokenRequest.ok) return tokenRequest
  const tokenUrl = tokenUrlFor(credentials, redirectUri.value)
  if (!tokenUrl.ok) return tokenUrl
  const bound = { redirectUri: redirectUri.value, tokenUrl: tokenUrl.value, issuer: options.issuer || null }
  return succeed({
    ...bound,
    methodRevision: method.revision,
    authoriseUrl: authoriseUrl.value,
    state,
    secret: verifier,
  })
}

function pkceOf(verifier: string | null, mode: PkceMode) {
  return verifier === null || mode === 'off' ? null : { challenge: challengeOf(verifier, mode), method: mode }
}
