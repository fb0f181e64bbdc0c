import 'server-only'
import { refuse, succeed } from '@/lib/domain/result'
import { ownerColumns, reviseOwner } from './owner'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { reorderVariablesSchema } from './schema'
import { change, gone, auditVariable } from './change-variable'

export const reorderVariables = operation({
  name: 'reorder_variables',
  permission: 'change',
  input: reorderVariablesSchema,
  output: z.strictObject({ revision: z.int() }),
  run: async ({ actor, transaction }, { owner, revision, order }) => {
    return change(transaction, '', async (tx) => {
      const rows = await tx.variable.findMany({ where: ownerColumns(owner), select: { id: true } })
      if (rows.length === 0) return gone
      const known = new Set(rows.map((row) => row.id))
      const whole =
        order.length === known.size && new Set(order).size === order.length && order.every((id) => known.has(id))
      if (!whole)
        return refuse(
          'changed_by_someone_else',
          'Variables were added or removed in the meantime. Reload the page to see them.',
        )
      const revised = await reviseOwner(tx, actor, owner, revision)
      if (!revised.ok) return revised
      for (const [position, id] of order.entries()) await tx.variable.update({ where: { id }, data: { position } })
      await auditVariable(tx, actor, 'reorder_variables', { id: owner.ownerId, displayName: revised.value.name }, [])
      return succeed({ revision: revised.value.revision })
    })
  },
})
