import { NextResponse, type NextRequest } from 'next/server'
import { attemptCookieName, attemptCookieOptions, encodeAttempt } from '@/lib/platform/session/sign-in-attempt'
import { beginSignIn } from '@/lib/people/single-sign-on/begin-sign-in'
import { hasSingleSignOn } from '@/lib/people/single-sign-on/identity-provider'
import { env } from '@/lib/platform/env'
import { logger } from '@/lib/platform/log/logger'

/** Sends a person to the identity provider. */
export async function GET(request: NextRequest): Promise<Response> {
  if (!hasSingleSignOn()) return NextResponse.redirect(new URL('/login', env().APP_URL))
  try {
    const { redirectTo, attempt } = await beginSignIn(request.nextUrl.searchParams.get('returnTo'))
    const response = NextResponse.redirect(redirectTo)
    response.cookies.set(attemptCookieName(), await encodeAttempt(attempt), attemptCookieOptions())
    return response
  } catch (error) {
    logger().warn({ error }, 'the identity provider cannot be used')
    return NextResponse.redirect(new URL('/login?refused=unreachable', env().APP_URL))
  }
}
