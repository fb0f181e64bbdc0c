import 'server-only'
import { headers } from 'next/headers'

/**
 * The address that a request comes from: the last entry, which the nearest proxy added. Earlier entries can be forged.
 */
export function lastForwarded(forwardedFor: string | null | undefined): string | null {
  const last = forwardedFor?.split(',').at(-1)?.trim()
  return last === undefined || last === '' || last.length > 64 ? null : last
}

export async function requestAddress(): Promise<string | null> {
  return lastForwarded((await headers()).get('x-forwarded-for'))
}
