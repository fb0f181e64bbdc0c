import 'server-only'
import { headers } from 'next/headers'
import { lastForwarded, requestAddress } from './address'

/** What a session stores about the browser or program that signed in. */
export type Client = { userAgent: string; address: string | null }

/** Real user agents are shorter. The header is stored and shown, so its length is limited. */
const longestUserAgent = 256

/** The header as one well-formed line of limited length. */
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
