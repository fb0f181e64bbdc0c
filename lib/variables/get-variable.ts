import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import { findOwner, ownerColumns } from './owner'
import { oneVariableSchema } from './schema'
import { ownedVariable } from './views'

/** One variable, with the revision of its owner, on which changes are based. */
export const getVariable = operation({
  name: 'get_variable',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: oneVariableSchema,
  output: ownedVariable,
  run: async ({ db }, { owner, variableId }) => {
    const [row, holder] = await Promise.all([
      db.variable.findFirst({ where: { id: variableId, ...ownerColumns(owner) } }),
      findOwner(db, owner),
    ])
    if (!row || !holder) return notFound('variable')
    const instancesWithValue = await db.instanceValue.count({ where: { variableId } })
    return succeed({
      ...variableDefinition(row),
      position: row.position,
      effectiveDefault: row.defaultValue,
      instancesWithValue,
      revision: holder.revision,
    })
  },
})
