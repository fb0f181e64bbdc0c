import 'server-only'
import type { AuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { env } from '@/lib/platform/env'
import { safeReturnTo } from '@/lib/domain/access/return-to'
import { lastForwarded } from './address'
import { isSecure, sessionCookieName, sessionCookieOptions, sessionSeconds } from './cookie'
import { signInSchema } from './schema'
import { signInWithPassword, type SessionClaims } from './sign-in'

const password = Credentials({
  name: 'Email and password',
  credentials: { email: { label: 'Email', type: 'email' }, password: { label: 'Password', type: 'password' } },
  async authorize(credentials, request) {
    const input = signInSchema.safeParse({ email: credentials?.email, password: credentials?.password })
    if (!input.success) return null
    const forwarded = request.headers?.['x-forwarded-for']
    const claims = await signInWithPassword(
      { email: input.data.email, address: lastForwarded(forwarded) },
      input.data.password,
    )
    // next-auth hands the message on to the one who signs in.
    if (!claims.ok) throw new Error(claims.error.message)
    return { id: claims.value.userId, claims: claims.value }
  },
})

/** The same cookie, token and rules as the sign-in page has, for programs that speak next-auth. */
export function nextAuthOptions(): AuthOptions {
  // next-auth reads its own address from here and nowhere else; without it, it would believe the request's Host header.
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
        return claims
          ? { sub: claims.userId, workspaceId: claims.workspaceId, sessionVersion: claims.sessionVersion }
          : token
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url }) =>
        env().APP_URL + safeReturnTo(url.startsWith(`${env().APP_URL}/`) ? url.slice(env().APP_URL.length) : url),
    },
  }
}
