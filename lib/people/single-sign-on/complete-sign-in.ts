import 'server-only'
import * as oidc from 'openid-client'
import { z } from 'zod'
import { emailSchema } from '@/lib/people/schema'
import { env } from '@/lib/platform/env'
import { logger } from '@/lib/platform/log/logger'
import type { Client } from '@/lib/platform/session/client'
import type { SessionClaims } from '@/lib/platform/session/cookie'
import { admitPerson, type ProvenPerson } from './admit-person'
import type { Attempt } from '@/lib/platform/session/sign-in-attempt'
import { callbackPath, identityProvider } from './identity-provider'
import type { SignInRefusal } from './refusals'

type Completed = { ok: true; claims: SessionClaims } | { ok: false; refusal: SignInRefusal }

const refused = (refusal: SignInRefusal): Completed => ({ ok: false, refusal })

/**
 * Ends the flow: checks state, `iss` (RFC 9207), PKCE, nonce and the ID token (OpenID Connect Core §3.1.3.7), and opens a
 * session for the person.
 * @param query of the callback
 */
export async function completeSignIn(query: string, attempt: Attempt | null, client: Client): Promise<Completed> {
  if (!attempt) return refused('expired')
  const callback = new URL(env().APP_URL + callbackPath)
  callback.search = query
  let tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>
  try {
    tokens = await oidc.authorizationCodeGrant(await identityProvider(), callback, {
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.verifier,
      idTokenExpected: true,
    })
  } catch (error) {
    if (error instanceof oidc.AuthorizationResponseError) return refused('denied')
    logger().warn({ error }, 'signing in through the identity provider failed')
    return refused('unreachable')
  }
  const person = await personOf(tokens)
  return person ? admitPerson(person, client) : refused('no_email')
}

const claimsSchema = z.object({
  email: emailSchema,
  // Some providers send the text.
  email_verified: z.union([z.literal(true), z.literal('true')]),
  name: z.string().trim().min(1).max(120).optional().catch(undefined),
})

/** An email that the provider has not verified may belong to somebody else, and would open their account. */
async function personOf(tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>): Promise<ProvenPerson | null> {
  const { iss, sub, ...inToken } = tokens.claims()!
  const given =
    inToken.email === undefined
      ? await oidc.fetchUserInfo(await identityProvider(), tokens.access_token, sub).catch(() => ({}))
      : inToken
  const { success, data } = claimsSchema.safeParse(given)
  return success ? { issuer: iss, subject: sub, email: data.email, name: data.name ?? data.email.split('@')[0]! } : null
}
