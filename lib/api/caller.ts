import 'server-only'
import { findApiKey } from '@/lib/api-keys/find-api-key'
import type { Actor } from '@/lib/domain/access/actor'
import { refuse, type Result, succeed } from '@/lib/domain/result'
import { lastForwarded } from '@/lib/platform/session/address'
import { sessionClaimsIn } from '@/lib/platform/session/cookie'
import { findPerson } from '@/lib/platform/session/person'

/**
 * Who sends a request to the API: a program with a key (`Authorization: Bearer pb_…`, RFC 6750 §2.1), or a person in a
 * page of this installation, with the cookie of their session.
 */

const challenge = { 'www-authenticate': 'Bearer realm="Patchbay"' }

const unknownKey = refuse(
  'not_signed_in',
  'This API key is unknown, expired or revoked, or its owner has left the workspace. Send a key that can be used as “Authorization: Bearer pb_…”.',
)
const noCredentials = refuse(
  'not_signed_in',
  'Send an API key as “Authorization: Bearer pb_…”. Administrators create keys under Settings, API keys.',
)
const notFromOurPages = refuse(
  'not_allowed',
  'A session can change something only from a page of this installation, and the browser did not confirm that this one is. Use an API key.',
)

export type Caller = Result<Actor, (typeof noCredentials)['error'] & { headers?: Record<string, string> }>

/** What of a request says who sends it. */
export type Sender = { method: string; headers: { get: (name: string) => string | null } }

/**
 * The caller by their key alone, where a session is not accepted.
 * @param findKey finds the actor of a key; by default in the database
 */
export async function findKeyCaller({ headers }: Sender, findKey = findApiKey): Promise<Caller> {
  const authorization = headers.get('authorization')
  if (authorization === null) return { ok: false, error: { ...noCredentials.error, headers: challenge } }
  const [, token] = /^bearer +(\S+) *$/i.exec(authorization) ?? []
  const key = token === undefined ? null : await findKey(token, addressOf(headers))
  return key ? succeed(key) : { ok: false, error: { ...unknownKey.error, headers: challenge } }
}

/** @param findKey as for `findKeyCaller` */
export async function findCaller(request: Sender, findKey = findApiKey): Promise<Caller> {
  if (request.headers.get('authorization') !== null) return findKeyCaller(request, findKey)
  const claims = await sessionClaimsIn(request.headers.get('cookie'))
  const person = claims && (await findPerson(claims))
  if (!person) return { ok: false, error: { ...noCredentials.error, headers: challenge } }
  return isSafe(request) ? succeed({ ...person.actor, address: addressOf(request.headers) }) : notFromOurPages
}

function addressOf(headers: Sender['headers']): string | null {
  return lastForwarded(headers.get('x-forwarded-for'))
}

/**
 * Another site cannot use the session. With a foreign Origin, only requests with a key and GETs whose response no page
 * can read get here (lib/platform/door); browsers send an Origin with every request that changes something.
 */
function isSafe({ method, headers }: Sender): boolean {
  return method === 'GET' || headers.get('origin') !== null
}
