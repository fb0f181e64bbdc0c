import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { loadMethodChoice } from './method-choice'
import { newInstanceView } from './views'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'

/**
 * The choices of *Add new instance*: every method of the connector, whether or not an endpoint accepts it yet (rule
 * R5).
 */
export const getNewInstance = operation({
  name: 'get_new_instance',
  permission: 'change',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: newInstanceView,
  run: async ({ actor, db }, { connectorId }) => {
    const row = await db.connector.findFirst({
      where: { id: connectorId },
      select: {
        ...{ id: true, name: true, versionLabel: true, dateFormat: true, rateLimitAmount: true, rateLimitUnit: true },
        _count: { select: { instances: true } },
        methods: { select: { id: true, documentationUrl: true }, orderBy: [{ position: 'asc' }, { id: 'asc' }] },
      },
    })
    if (!row) return notFound('connector')
    const methods = await Promise.all(row.methods.map((method) => loadMethodChoice(actor.workspaceId, method)))
    const { id, name, versionLabel, dateFormat, rateLimitAmount, rateLimitUnit } = row
    return succeed({
      connector: { id, name, versionLabel },
      proposedName: row._count.instances === 0 ? name : '',
      inherited: { dateFormat, rateLimitAmount, rateLimitUnit },
      methods: methods.filter((method) => method !== null),
    })
  },
})
