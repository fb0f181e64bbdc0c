import 'server-only'
import { headers } from 'next/headers'

/**
 * Where a request comes from: what the nearest proxy says it saw, which is the last entry; earlier ones can be
 * invented.
 */
export function lastForwarded(forwardedFor: string | null | undefined): string | null {
  const last = forwardedFor?.split(',').at(-1)?.trim()
  return last === undefined || last === '' || last.length > 64 ? null : last
}

export async function requestAddress(): Promise<string | null> {
  return lastForwarded((await headers()).get('x-forwarded-for'))
}
