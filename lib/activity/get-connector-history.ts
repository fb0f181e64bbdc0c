import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { auditLineOf } from './audit-line'
import { readChanges } from './read-changes'
import { connectorHistory } from './views'

const shown = 5

/** How a connector was created, and its latest changes, including its methods, variables, endpoints and enablement. */
export const getConnectorHistory = operation({
  name: 'get_connector_history',
  permission: 'see',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: connectorHistory,
  run: async ({ workspaceId, db }, { connectorId }) => {
    const [connector, first] = await Promise.all([
      db.connector.findFirst({ where: { id: connectorId }, select: { methods: { select: { id: true } } } }),
      db.auditLog.findFirst({ where: { objectType: 'connector', objectId: connectorId }, orderBy: { at: 'asc' } }),
    ])
    if (!connector) return notFound('connector')
    const objects = [connectorId, ...connector.methods.map(({ id }) => id)]
    const types = ['authentication_method', 'endpoint', 'variable', 'enablement'] as const
    const changes = await readChanges(db, { workspaceId, objects, owners: objects, types }, { limit: shown })
    return succeed({ cameFrom: first && auditLineOf(first), changes })
  },
})
