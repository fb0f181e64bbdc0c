import 'server-only'
import { systemDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { readCallback, stateCandidates } from '@/lib/domain/oauth2/callback'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { storedOptions } from '@/lib/platform/db/read-definition'
import { requestTokenOf } from '@/lib/domain/oauth1/callback'
import type { Context } from '@/lib/operations/operation'
import { openVerifier, readRequestToken } from './pending-settings'
import { redirectUris } from '@/lib/platform/redirect-uris'
import { hashOf } from './state'

const found = {
  include: {
    instance: {
      select: {
        ...{ id: true, name: true, revision: true, updatedAt: true, updatedById: true },
        method: { select: { type: true, revision: true, options: true } },
      },
    },
    link: { select: { id: true, returnTo: true } },
  },
  omit: { browserHash: false, stateHash: false, sealedVerifier: false, sealedSettings: false },
} as const

/**
 * Finds a pending authorisation by the hash of its state, in any workspace. The row says who it belongs to and under
 * which name the third party sends the state.
 */
export async function findPending(search: URLSearchParams): Promise<{ pending: Pending; foundBy: string } | null> {
  const candidates = stateCandidates(search).map(({ name, value }) => ({ name, hash: hashOf(value) }))
  if (candidates.length === 0) return null
  const rows = await systemDb().pendingAuthorisation.findMany({
    ...found,
    where: { stateHash: { in: candidates.map(({ hash }) => hash) } },
  })
  for (const { name, hash } of candidates) {
    const row = rows.find(({ stateHash }) => stateHash === hash)
    if (row) return { pending: withOptions(row), foundBy: name }
  }
  return null
}

/** More than one person ever has pending in one browser. */
const mostUnderWay = 20

/**
 * For OAuth 1, if the third party drops the query of the callback and with it our state: finds the authorisation with
 * the returned request token among those that this person began in this browser. Others are not searched, so that
 * guessing a token is useless.
 */
export async function findPendingByToken(
  { actor, db }: Context,
  search: URLSearchParams,
  browserSecretFor: BrowserSecretFor,
): Promise<Pending | null> {
  const token = requestTokenOf(readCallback(search))
  if (token === null || actor.kind !== 'person') return null
  const secrets = redirectUris()
    .map(browserSecretFor)
    .filter((secret) => secret !== undefined)
  const rows = await db.pendingAuthorisation.findMany({
    ...found,
    where: {
      ...{ userId: actor.userId, browserHash: { in: secrets.map(hashOf) }, expiresAt: { gt: new Date() } },
      ...{ sealedVerifier: { not: null }, instance: { method: { type: 'oauth1' } } },
    },
    orderBy: { createdAt: 'desc' },
    take: mostUnderWay,
  })
  return rows.map(withOptions).find((pending) => storedRequestToken(pending)?.token === token) ?? null
}

/** The request token with its secret; null for OAuth 2, and after they were deleted. */
export function storedRequestToken(pending: Pending) {
  const sealed = pending.instance.method.type === 'oauth1' ? openVerifier(pending.workspaceId, pending) : null
  return sealed === null ? null : readRequestToken(sealed)
}

export type BrowserSecretFor = (redirectUri: string) => string | undefined

type Row = Prisma.PendingAuthorisationGetPayload<{ include: typeof found.include }>

export type Pending = Omit<Row, 'instance'> & {
  instance: Omit<Row['instance'], 'method'> & { method: Pick<MethodDefinition, 'type' | 'revision' | 'options'> }
}

function withOptions(row: Row): Pending {
  const { method } = row.instance
  return { ...row, instance: { ...row.instance, method: { ...method, options: storedOptions(method) } } }
}
