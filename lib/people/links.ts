import 'server-only'
import { env } from '@/lib/platform/env'

/** Links that an administrator gives to a person. Each is stored as a hash, so it can be shown only once. */

const day = 24 * 60 * 60 * 1_000

export const linkLifetimeMs = { invitation: 7 * day, passwordReset: day }

const paths = { invitation: 'invitations', passwordReset: 'reset-password' }

/** @param now the time of the database */
export function linkOf(kind: keyof typeof paths, token: string, now: Date): { url: string; expiresAt: string } {
  return {
    url: `${env().APP_URL}/${paths[kind]}/${token}`,
    expiresAt: endOfLink(kind, now).toISOString(),
  }
}

export function endOfLink(kind: keyof typeof paths, now: Date): Date {
  return new Date(now.getTime() + linkLifetimeMs[kind])
}
