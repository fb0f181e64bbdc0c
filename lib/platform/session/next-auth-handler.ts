import 'server-only'
import NextAuth from 'next-auth'
import { sessionClaims } from './cookie'
import { nextAuthOptions } from './next-auth-options'
import { endOfSession } from './person'

type Context = { params: Promise<{ nextauth: string[] }> }

/**
 * The options are created for each request, because the environment is not available while the app is built.
 * @throws if a session could not be ended, so that a person who signs out does not believe that it was
 */
export async function handleNextAuth(request: Request, context: Context): Promise<Response> {
  // next-auth would send a new cookie, so that a stolen one could be renewed without end.
  if ((await context.params).nextauth[0] === 'session') return describeSession()
  const failures: unknown[] = []
  const response = (await NextAuth(nextAuthOptions((error) => failures.push(error)))(request, context)) as Response
  if (failures.length > 0) throw failures[0]
  return response
}

/** The same response as next-auth: an empty object if nobody is signed in. */
async function describeSession(): Promise<Response> {
  const claims = await sessionClaims()
  const end = claims && (await endOfSession(claims))
  return Response.json(end ? { expires: end.toISOString() } : {}, { headers: { 'cache-control': 'private, no-store' } })
}
