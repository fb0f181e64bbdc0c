import 'server-only'
import type { AuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { env } from '@/lib/platform/env'
import { safeReturnTo } from '@/lib/domain/access/return-to'
import { systemDb } from '@/lib/platform/db/client'
import { clientOf } from './client'
import { claimsOf, isSecure, sessionCookieName, sessionCookieOptions, tokenOf, type SessionClaims } from './cookie'
import { endSession } from './end-sessions'
import { sessionSeconds } from './open-sessions'
import { signInSchema } from './schema'
import { signInWithPassword } from './sign-in'

const password = Credentials({
  name: 'Email and password',
  credentials: { email: { label: 'Email', type: 'email' }, password: { label: 'Password', type: 'password' } },
  async authorize(credentials, request) {
    const input = signInSchema.safeParse({ email: credentials?.email, password: credentials?.password })
    if (!input.success) return null
    const headers = request.headers as Record<string, string | undefined> | undefined
    const claims = await signInWithPassword({ email: input.data.email, ...clientOf(headers) }, input.data.password)
    // next-auth shows this message to the person.
    if (!claims.ok) throw new Error(claims.error.message)
    return { id: claims.value.userId, claims: claims.value }
  },
})

/**
 * The same cookie, token and rules as for the sign-in page, for programs that use next-auth.
 * @param onSignOutFailed called if the session could not be ended, which next-auth itself ignores
 */
export function nextAuthOptions(onSignOutFailed: (error: unknown) => void): AuthOptions {
  // next-auth reads its own address only from here. Without it, it would trust the Host header of the request.
  // eslint-disable-next-line no-restricted-syntax -- written, not read
  process.env.NEXTAUTH_URL = env().APP_URL
  return {
    secret: env().PATCHBAY_SESSION_SECRET,
    useSecureCookies: isSecure(),
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    pages: { signIn: '/login', error: '/login', signOut: '/login' },
    providers: [password],
    callbacks: {
      jwt: ({ token, user }) => {
        const claims = (user as { claims?: SessionClaims } | undefined)?.claims
        return claims ? tokenOf(claims) : token
      },
      redirect: ({ url }) =>
        env().APP_URL + safeReturnTo(url.startsWith(`${env().APP_URL}/`) ? url.slice(env().APP_URL.length) : url),
    },
    events: {
      signOut: async ({ token }) => {
        const claims = claimsOf(token)
        if (claims) await endSession(systemDb(), claims).catch(onSignOutFailed)
      },
    },
  }
}
