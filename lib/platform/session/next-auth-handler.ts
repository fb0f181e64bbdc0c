import 'server-only'
import NextAuth from 'next-auth'
import { nextAuthOptions } from './next-auth-options'

type Context = { params: Promise<{ nextauth: string[] }> }

/** The options are made on the first request: the environment is not there while the app is built. */
export function handleNextAuth(request: Request, context: Context): Promise<Response> {
  return NextAuth(nextAuthOptions())(request, context) as Promise<Response>
}
