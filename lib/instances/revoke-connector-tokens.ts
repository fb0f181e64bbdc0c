import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { causeOf } from '@/lib/exchange/request-context'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { atMost } from '@/lib/platform/at-most'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { decodeCursor, encodeCursor } from '@/lib/platform/lists/keyset'
import { revokeInstanceTokens, type TokenOwner } from '@/lib/tokens/revoke-instance-tokens'
import { hasTokens } from './has-tokens'
import { revokedPage, type RevocationResult } from './revocation-views'

/** The number of instances per call. Each waits at most 10 s for the vendor, so a call takes at most 20 s. */
const instancesPerCall = 10
const atOnce = 5

/** Where an earlier call stopped; empty for the beginning. */
const cursor = z
  .string()
  .max(1_000)
  .refine((after) => after === '' || decodeCursor(after, 'text') !== null)

/**
 * *Revoke all tokens* of a connector, for its next ten instances: revokes their tokens at the vendor, if the method has
 * a revoke URL, and removes them here. The caller repeats the call with `next` until `next` is null. It can stop at any
 * time: a later start continues with the instances that still have tokens. Disabled instances are included, because
 * revoking ends credentials.
 */
export const revokeConnectorTokens = operation({
  name: 'revoke_connector_tokens',
  permission: 'administer',
  input: z.strictObject({ connectorId: idOf('connector'), after: cursor }),
  output: revokedPage,
  run: async (context, { connectorId, after }) => {
    const { db, actor } = context
    const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } })
    if (!connector) return notFound('connector')
    const rows = await db.instance.findMany({
      where: { AND: [hasTokens(connectorId), beyond(after)] },
      orderBy: [{ foldedName: 'asc' }, { id: 'asc' }],
      take: instancesPerCall + 1,
      select: {
        ...{ id: true, name: true, foldedName: true },
        method: { select: { type: true, phases: { select: { kind: true, url: true } } } },
      },
    })
    const page = rows.slice(0, instancesPerCall)
    const cause = causeOf(actor, 'Revoke')
    const limited = atMost(atOnce)
    const revoke = async (owner: TokenOwner) => resultOf(owner, await revokeInstanceTokens(context, owner, cause))
    const results = await Promise.all(page.map((owner) => limited(() => revoke(owner))))
    const last = rows.length > instancesPerCall ? page.at(-1) : undefined
    return succeed({
      results: results.filter((result) => result !== null),
      next: last ? encodeCursor(last.foldedName, last.id) : null,
    })
  },
})

function beyond(after: string): Prisma.InstanceWhereInput {
  const last = decodeCursor(after, 'text')
  if (!last) return {}
  const foldedName = String(last.value)
  return { OR: [{ foldedName: { gt: foldedName } }, { foldedName, id: { gt: last.id } }] }
}

/** Null if another request removed the tokens first. */
function resultOf(
  { id, name }: TokenOwner,
  revoked: Awaited<ReturnType<typeof revokeInstanceTokens>>,
): RevocationResult | null {
  if (revoked === null) return null
  const { outcome } = revoked
  const said = { instanceId: id, name }
  if (outcome === null) return { ...said, outcome: 'no_revoke_url', reason: '' }
  return outcome.revoked
    ? { ...said, outcome: 'revoked', reason: '' }
    : { ...said, outcome: 'not_revoked', reason: outcome.reason }
}
