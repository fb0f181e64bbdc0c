import 'server-only'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import { succeed } from '@/lib/domain/result'
import { ownerColumns } from './owner'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { variableOwnerSchema } from './schema'
import { variableView } from './views'

/**
 * The variables of a connector, a method or an endpoint in their order, with the number of instances that have a value.
 */
export const listVariables = operation({
  name: 'list_variables',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: variableOwnerSchema,
  output: z.array(variableView),
  run: async ({ db }, owner) => {
    const rows = await db.variable.findMany({
      where: ownerColumns(owner),
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
    })
    const counts = await db.instanceValue.groupBy({
      by: ['variableId'],
      where: { variableId: { in: rows.map((row) => row.id) } },
      _count: true,
    })
    const countOf = new Map(counts.map((group) => [group.variableId, group._count]))
    return succeed(
      rows.map((row) => ({
        ...variableDefinition(row),
        position: row.position,
        effectiveDefault: row.defaultValue,
        instancesWithValue: countOf.get(row.id) ?? 0,
      })),
    )
  },
})
