import 'server-only'
import { succeed } from '@/lib/domain/result'
import { readNamedOrigins } from './named-origins'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { pendingOrigin } from './views'

/** The origins that an administrator has to confirm, with the parts of the definition that use them. */
export const listPendingOrigins = operation({
  name: 'list_pending_origins',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: z.array(pendingOrigin),
  run: async ({ db }, { connectorId }) => {
    const rows = await db.connectorOrigin.findMany({
      where: { connectorId, confirmedAt: null },
      orderBy: { createdAt: 'asc' },
    })
    if (rows.length === 0) return succeed([])
    const named = (await readNamedOrigins(db, connectorId)) ?? []
    return succeed(
      rows.map(({ origin, createdAt }) => ({
        origin,
        from: named.find((entry) => entry.origin === origin)?.from ?? [],
        since: createdAt.toISOString(),
      })),
    )
  },
})
