import 'server-only'
import { decode, encode } from 'next-auth/jwt'
import { z } from 'zod'
import { env } from '@/lib/platform/env'
import { isSecure, sessionCookieOptions } from '@/lib/platform/session/cookie'

/** What a browser stores, encrypted, while its person is at the identity provider. It binds the callback to the browser. */

const attemptSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() })
export type Attempt = z.output<typeof attemptSchema>

export const attemptSeconds = 600

export function attemptCookieName(): string {
  return isSecure() ? '__Host-patchbay-sign-in' : 'patchbay-sign-in'
}

export const attemptCookieOptions = () => ({ ...sessionCookieOptions(), maxAge: attemptSeconds })

export function encodeAttempt(attempt: Attempt): Promise<string> {
  return encode({ token: attempt, secret: env().PATCHBAY_SESSION_SECRET, maxAge: attemptSeconds })
}

/** Null for a cookie that is missing, forged, expired or of another kind. */
export async function decodeAttempt(cookie: string | undefined): Promise<Attempt | null> {
  if (cookie === undefined || cookie === '') return null
  const token = await decode({ token: cookie, secret: env().PATCHBAY_SESSION_SECRET }).catch(() => null)
  const { success, data } = attemptSchema.safeParse(token)
  return success ? data : null
}
