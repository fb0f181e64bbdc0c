import 'server-only'
import { cookies } from 'next/headers'
import { decode, encode } from 'next-auth/jwt'
import { z } from 'zod'
import { env } from '@/lib/platform/env'
import type { SessionClaims } from './sign-in'

/** A fortnight from signing in; a raised sessionVersion ends it at once. */
export const sessionSeconds = 14 * 24 * 60 * 60

/** Told by the configured address alone: what a request says about itself is not trusted. */
export function isSecure(): boolean {
  return env().APP_URL.startsWith('https://')
}

/** The `__Host-` prefix makes the browser refuse the cookie over http, for a path or for a parent domain. */
export function sessionCookieName(): string {
  return isSecure() ? '__Host-patchbay-session' : 'patchbay-session'
}

export const sessionCookieOptions = () => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() }) as const

const claimsSchema = z.object({ sub: z.uuid(), workspaceId: z.uuid(), sessionVersion: z.number().int() })

export async function encodeSession(claims: SessionClaims): Promise<string> {
  const token = { sub: claims.userId, workspaceId: claims.workspaceId, sessionVersion: claims.sessionVersion }
  return encode({ token, secret: env().PATCHBAY_SESSION_SECRET, maxAge: sessionSeconds })
}

/** Null for a token that is forged, expired or of another form. */
export async function decodeSession(token: string): Promise<SessionClaims | null> {
  const decoded = await decode({ token, secret: env().PATCHBAY_SESSION_SECRET }).catch(() => null)
  const claims = claimsSchema.safeParse(decoded)
  if (!claims.success) return null
  return { userId: claims.data.sub, workspaceId: claims.data.workspaceId, sessionVersion: claims.data.sessionVersion }
}

export async function startSession(claims: SessionClaims): Promise<void> {
  const value = await encodeSession(claims)
  ;(await cookies()).set(sessionCookieName(), value, { ...sessionCookieOptions(), maxAge: sessionSeconds })
}

export async function endSession(): Promise<void> {
  ;(await cookies()).set(sessionCookieName(), '', { ...sessionCookieOptions(), maxAge: 0 })
}

export async function sessionClaims(): Promise<SessionClaims | null> {
  const token = (await cookies()).get(sessionCookieName())?.value
  return token === undefined || token === '' ? null : decodeSession(token)
}
