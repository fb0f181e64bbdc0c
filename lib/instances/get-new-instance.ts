import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { fieldViews } from './field-views'
import { loadFields } from './load-fields'
import { methodView } from './method-view'
import { type MethodChoice, newInstanceView } from './views'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'

/** What *Add new instance* asks: every method of the connector, whether or not an endpoint accepts it yet (rule R5). */
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
        methods: { select: { id: true, documentationUrl: true }, orderBy: [{ position: 'asc' }, { id: 'asc' }] },
      },
    })
    if (!row) return notFound('connector')
    const methods = await Promise.all(row.methods.map((method) => methodChoice(actor.workspaceId, method)))
    const { id, name, versionLabel, dateFormat, rateLimitAmount, rateLimitUnit } = row
    return succeed({
      connector: { id, name, versionLabel },
      inherited: { dateFormat, rateLimitAmount, rateLimitUnit },
      methods: methods.filter((method) => method !== null),
    })
  },
})

async function methodChoice(
  workspaceId: string,
  { id, documentationUrl }: { id: string; documentationUrl: string },
): Promise<MethodChoice | null> {
  const fields = await loadFields(workspaceId, id)
  return fields && { ...methodView(fields.method), documentationUrl, fields: fieldViews(fields) }
}
