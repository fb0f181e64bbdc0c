import 'server-only'
import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { connectorEndpointsSchema } from './schema'
import { entityTypeCount } from './views'

/** The entity types in use, for the filter and as suggestions. */
export const listEntityTypes = operation({
  name: 'list_entity_types',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: connectorEndpointsSchema,
  output: z.array(entityTypeCount),
  run: async ({ db }, { connectorId }) => {
    const groups = await db.endpoint.groupBy({
      by: ['entityType'],
      where: { connectorId },
      _count: true,
      orderBy: { entityType: 'asc' },
    })
    return succeed(groups.map((group) => ({ entityType: group.entityType, endpoints: group._count })))
  },
})
