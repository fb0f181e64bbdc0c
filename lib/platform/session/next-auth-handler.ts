import 'server-only'
import NextAuth from 'next-auth'
import { sessionClaims } from './cookie'
import { nextAuthOptions } from './next-auth-options'
import { endOfSession } from './person'

type Context = { params: Promise<{ nextauth: string[] }> }

/**
 * The options are made on the first request: the environment is not there while the app is built.
 * @throws when a session could not be ended: a person who signs out must not believe that it was
 */
export async function handleNextAuth(request: Request, context: Context): Promise<Response> {
  // next-auth would send a fresh cookie along, and a thief could keep a stolen one alive without end.
  if ((await context.params).nextauth[0] === 'session') return describeSession()
  const failures: unknown[] = []
  const response = (await NextAuth(nextAuthOptions((error) => failures.push(error)))(request, context)) as Response
  if (failures.length > 0) throw failures[0]
  return response
}

/** As next-auth answers: an empty object for those who are signed out. */
async function describeSession(): Promise<Response> {
  const claims = await sessionClaims()
  const end = claims && (await endOfSession(claims))
  return Response.json(end ? { expires: end.toISOString() } : {}, { headers: { 'cache-control': 'private, no-store' } })
}
