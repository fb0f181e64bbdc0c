import 'server-only'
import { cookies } from 'next/headers'
import { decode, encode } from 'next-auth/jwt'
import { z } from 'zod'
import { env } from '@/lib/platform/env'
import { sessionSeconds } from './open-sessions'

/** The content of a session cookie. It identifies a row; everything else is read for every request. */
export type SessionClaims = { sessionId: string; userId: string; workspaceId: string }

/** Decided only by the configured address, because headers of a request cannot be trusted. */
export function isSecure(): boolean {
  return env().APP_URL.startsWith('https://')
}

/** The `__Host-` prefix makes the browser refuse the cookie over http, for a path or for a parent domain. */
export function sessionCookieName(): string {
  return isSecure() ? '__Host-patchbay-session' : 'patchbay-session'
}

export const sessionCookieOptions = () => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() }) as const

const tokenSchema = z.object({ sid: z.uuid(), sub: z.uuid(), workspaceId: z.uuid() })

/** The claims under their names in the token. */
export function tokenOf({ sessionId, userId, workspaceId }: SessionClaims): z.output<typeof tokenSchema> {
  return { sid: sessionId, sub: userId, workspaceId }
}

/** Null for a token of another form, such as one of an earlier version. */
export function claimsOf(token: unknown): SessionClaims | null {
  const { success, data } = tokenSchema.safeParse(token)
  return success ? { sessionId: data.sid, userId: data.sub, workspaceId: data.workspaceId } : null
}

export async function encodeSession(claims: SessionClaims): Promise<string> {
  return encode({ token: tokenOf(claims), secret: env().PATCHBAY_SESSION_SECRET, maxAge: sessionSeconds })
}

/** Null for a token that is forged, expired or of another form. */
export async function decodeSession(token: string): Promise<SessionClaims | null> {
  return claimsOf(await decode({ token, secret: env().PATCHBAY_SESSION_SECRET }).catch(() => null))
}

export async function setSessionCookie(claims: SessionClaims): Promise<void> {
  const value = await encodeSession(claims)
  ;(await cookies()).set(sessionCookieName(), value, { ...sessionCookieOptions(), maxAge: sessionSeconds })
}

export async function clearSessionCookie(): Promise<void> {
  ;(await cookies()).set(sessionCookieName(), '', { ...sessionCookieOptions(), maxAge: 0 })
}

export async function sessionClaims(): Promise<SessionClaims | null> {
  const token = (await cookies()).get(sessionCookieName())?.value
  return token === undefined || token === '' ? null : decodeSession(token)
}

/** For requests that are answered outside the framework. @param header the Cookie header (RFC 6265 §4.2.1) */
export async function sessionClaimsIn(header: string | null): Promise<SessionClaims | null> {
  const start = `${sessionCookieName()}=`
  const pair = header?.split(';').find((text) => text.trim().startsWith(start))
  const token = pair?.trim().slice(start.length) ?? ''
  return token === '' ? null : decodeSession(token)
}
