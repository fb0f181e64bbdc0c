import 'server-only'
import { headers } from 'next/headers'
import { lastForwarded, requestAddress } from './address'

/** What a session keeps about the browser or program that signed in. */
export type Client = { userAgent: string; address: string | null }

/** Real ones are shorter; whatever is sent is stored and shown. */
const longestUserAgent = 256

/** One well-formed line of bounded length, whatever the header was. */
export function boundedUserAgent(header: string | null | undefined): string {
  const line = (header ?? '').slice(0, longestUserAgent).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
  return line.toWellFormed().trim()
}

export async function requestClient(): Promise<Client> {
  return { userAgent: boundedUserAgent((await headers()).get('user-agent')), address: await requestAddress() }
}

/** The same for a request whose headers are given as a record. */
export function clientOf(given: Record<string, string | undefined> | undefined): Client {
  return { userAgent: boundedUserAgent(given?.['user-agent']), address: lastForwarded(given?.['x-forwarded-for']) }
}
