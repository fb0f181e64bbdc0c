import 'server-only'
import { refuse, succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'

/** The image itself, for the route that serves it. */
export const getConnectorIcon = operation({
  name: 'get_connector_icon',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: z.strictObject({ base64: z.base64(), type: z.string() }),
  run: async ({ db }, { connectorId }) => {
    const row = await db.connector.findFirst({
      where: { id: connectorId },
      select: { icon: true, iconType: true },
    })
    if (!row?.icon || !row.iconType) return refuse('not_found', 'This connector has no icon.')
    return succeed({ base64: Buffer.from(row.icon).toString('base64'), type: row.iconType })
  },
})
