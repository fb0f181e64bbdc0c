import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import type { Connector } from '@/lib/platform/db/generated/client'
import { succeed } from '@/lib/domain/result'
import { nameIn, namesOfPeople } from '@/lib/people/names-of-people'
import { readManagedBy } from './managed-by'
import { iconOf } from './summary-columns'
import { type ConnectorDetail, connectorDetail } from './views'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'

/** Everything that the builder shows about the connector itself. */
export const getConnector = operation({
  name: 'get_connector',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: connectorDetail,
  run: async ({ db }, { connectorId }) => {
    const row = await db.connector.findFirst({ where: { id: connectorId }, omit: { icon: true } })
    if (!row) return notFound('connector')
    const of = { where: { connectorId } }
    const [variables, methods, endpoints, instances, people] = await Promise.all([
      db.variable.count({ where: { connectorId, level: 'connector' } }),
      db.authenticationMethod.count(of),
      db.endpoint.count(of),
      db.instance.count(of),
      namesOfPeople(db, [row.updatedById, row.disabledById]),
    ])
    return succeed({
      ...detailOf(row),
      ...{ variables, methods, endpoints, instances },
      updatedBy: nameIn(people, row.updatedById),
      disabled: row.disabledAt && { by: nameIn(people, row.disabledById), at: row.disabledAt.toISOString() },
    })
  },
})

function detailOf(
  row: Omit<Connector, 'icon' | 'generation'>,
): Omit<ConnectorDetail, 'variables' | 'methods' | 'endpoints' | 'instances' | 'updatedBy' | 'disabled'> {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    versionLabel: row.versionLabel,
    systemType: row.systemType,
    icon: iconOf(row),
    description: row.description,
    baseUrl: row.baseUrl,
    dateFormat: row.dateFormat,
    rateLimitAmount: row.rateLimitAmount,
    rateLimitUnit: row.rateLimitUnit,
    documentationUrl: row.documentationUrl,
    allowedHosts: row.allowedHosts,
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    managedBy: readManagedBy(row.managedBy),
  }
}
