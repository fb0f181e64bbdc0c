import { NextResponse, type NextRequest } from 'next/server'
import { attemptCookieName, attemptCookieOptions, decodeAttempt } from '@/lib/platform/session/sign-in-attempt'
import { completeSignIn } from '@/lib/people/single-sign-on/complete-sign-in'
import { hasSingleSignOn } from '@/lib/people/single-sign-on/identity-provider'
import { env } from '@/lib/platform/env'
import { requestClient } from '@/lib/platform/session/client'
import { setSessionCookie } from '@/lib/platform/session/cookie'

/** Where the identity provider sends a person back. The attempt is used up, whatever its result. */
export async function GET(request: NextRequest): Promise<Response> {
  if (!hasSingleSignOn()) return NextResponse.redirect(new URL('/login', env().APP_URL))
  const attempt = await decodeAttempt(request.cookies.get(attemptCookieName())?.value)
  const result = await completeSignIn(request.nextUrl.search, attempt, await requestClient())
  const path = result.ok ? attempt!.returnTo : `/login?refused=${result.refusal}`
  if (result.ok) await setSessionCookie(result.claims)
  const response = NextResponse.redirect(new URL(path, env().APP_URL))
  response.cookies.set(attemptCookieName(), '', { ...attemptCookieOptions(), maxAge: 0 })
  return response
}
