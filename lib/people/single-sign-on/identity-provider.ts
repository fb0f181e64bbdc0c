import 'server-only'
import * as oidc from 'openid-client'
import { env } from '@/lib/platform/env'

/**
 * The OpenID Connect provider that the operator configured. Requests to it do not go through the egress policy, which
 * limits what people of a workspace can reach: the operator chose this address.
 */

export const callbackPath = '/login/oidc/callback'
const timeoutSeconds = 10
/** Keys are read again when an unknown one is used; other metadata changes rarely. */
const refreshMs = 60 * 60 * 1_000

export function hasSingleSignOn(): boolean {
  return env().PATCHBAY_OIDC_ISSUER !== undefined
}

/** On the button of the log-in page; null without single sign-on. */
export function singleSignOnName(): string | null {
  return hasSingleSignOn() ? env().PATCHBAY_OIDC_NAME : null
}

let known: { provider: Promise<oidc.Configuration>; at: number } | undefined

/** @throws if the provider cannot be reached, or is not an OpenID Connect provider; the next call tries again */
export function identityProvider(): Promise<oidc.Configuration> {
  if (known && Date.now() - known.at < refreshMs) return known.provider
  const provider = discover()
  known = { provider, at: Date.now() }
  provider.catch(() => (known = undefined))
  return provider
}

function discover(): Promise<oidc.Configuration> {
  const { PATCHBAY_OIDC_ISSUER: issuer, PATCHBAY_OIDC_CLIENT_ID: clientId, PATCHBAY_OIDC_CLIENT_SECRET: secret } = env()
  if (issuer === undefined) throw new Error('single sign-on is not configured')
  // settings.ts allows http only for a provider on this machine.
  const execute = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []
  const authentication = secret === undefined ? oidc.None() : undefined
  return oidc.discovery(new URL(issuer), clientId, secret, authentication, { execute, timeout: timeoutSeconds })
}
