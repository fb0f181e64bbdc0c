import 'server-only'
import { refuse, succeed } from '@/lib/domain/result'
import { ownerColumns, reviseOwner } from './owner'
import { askFirst } from './rules'
import { operation } from '@/lib/operations/operation'
import { createVariableSchema } from './schema'
import { changedVariable } from './views'
import { change, checkSound, auditVariable } from './change-variable'

const mostPerOwner = 500

export const createVariable = operation({
  name: 'create_variable',
  permission: 'change',
  input: createVariableSchema,
  output: changedVariable,
  run: async ({ actor, transaction }, { owner, revision, variable, confirmed }) => {
    return change(transaction, variable.key, async (tx) => {
      const sound = checkSound(variable, '')
      if (!sound.ok) return sound
      const asked = await askFirst(tx, actor, owner, {
        questions: [],
        host: { keys: [variable.key], variableId: null },
        confirmed,
      })
      if (!asked.ok) return asked
      const revised = await reviseOwner(tx, actor, owner, revision)
      if (!revised.ok) return revised
      const last = await tx.variable.aggregate({ where: ownerColumns(owner), _max: { position: true }, _count: true })
      if (last._count >= mostPerOwner) return refuse('invalid_input', `At most ${mostPerOwner} variables fit here.`)
      const position = (last._max.position ?? -1) + 1
      const { id } = await tx.variable.create({
        data: { ...variable, ...ownerColumns(owner), workspaceId: actor.workspaceId, position },
      })
      await auditVariable(
        tx,
        actor,
        'create_variable',
        { id, displayName: variable.displayName },
        { of: revised.value.name, key: variable.key, secret: variable.secret },
      )
      return succeed({ variableId: id, revision: revised.value.revision })
    })
  },
})
