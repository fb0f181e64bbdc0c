import 'server-only'
import { z } from 'zod'
import { limitsOf } from '@/lib/domain/access/actor'
import { succeed } from '@/lib/domain/result'
import { noInput } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { visibleInstances } from '@/lib/platform/db/actor-limits'
import { workspaceDb } from '@/lib/platform/db/client'

/** The first instance by name that may call at least one endpoint (rule R1) and is not disabled; null without one. */
export const findCallableInstance = operation({
  name: 'find_callable_instance',
  permission: 'see',
  restrictedKeys: 'allowed',
  callOnlyKeys: 'allowed',
  input: noInput,
  output: z.strictObject({ instanceId: z.uuid().nullable() }),
  run: async ({ actor }) => {
    const [found] = await workspaceDb(actor.workspaceId).$queryRaw<{ id: string }[]>`
      SELECT instance."id"
      FROM "Instance" instance JOIN "Connector" connector ON connector."id" = instance."connectorId"
      WHERE instance."workspaceId" = ${actor.workspaceId}::uuid AND instance."status" <> 'awaiting_authorisation'
        AND instance."disabledAt" IS NULL AND connector."disabledAt" IS NULL
        AND EXISTS (SELECT 1 FROM "Enablement" enablement WHERE enablement."methodId" = instance."methodId")
        AND ${visibleInstances(limitsOf(actor))}
      ORDER BY instance."foldedName", instance."id"
      LIMIT 1`
    return succeed({ instanceId: found?.id ?? null })
  },
})
