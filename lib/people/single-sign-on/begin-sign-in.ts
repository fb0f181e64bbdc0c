import 'server-only'
import * as oidc from 'openid-client'
import { safeReturnTo } from '@/lib/domain/access/return-to'
import { env } from '@/lib/platform/env'
import { callbackPath, identityProvider } from './identity-provider'
import type { Attempt } from '@/lib/platform/session/sign-in-attempt'

/**
 * Begins an authorisation code flow with PKCE, state and nonce (OpenID Connect Core §3.1.2.1, RFC 9700 §2.1.1).
 * @returns the address at the provider, and what the browser stores until it comes back
 */
export async function beginSignIn(returnTo: string | null): Promise<{ redirectTo: string; attempt: Attempt }> {
  const provider = await identityProvider()
  const verifier = oidc.randomPKCECodeVerifier()
  const attempt = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier,
    returnTo: safeReturnTo(returnTo),
  }
  const url = oidc.buildAuthorizationUrl(provider, {
    redirect_uri: env().APP_URL + callbackPath,
    scope: 'openid email profile',
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  return { redirectTo: url.href, attempt }
}
