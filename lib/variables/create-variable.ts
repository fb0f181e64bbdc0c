import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { succeed } from '@/lib/domain/result'
import { operation, type Context } from '@/lib/operations/operation'
import { change, variableEntry } from './change-variable'
import { insertVariables } from './insert-variables'
import { createVariableSchema, type CreateVariable } from './schema'
import { changedVariable } from './views'

export const createVariable = operation({
  name: 'create_variable',
  permission: 'change',
  input: createVariableSchema,
  output: changedVariable,
  run: addVariable,
})

/** Adds a variable, and audits it. */
export async function addVariable(context: Context, { variable, ...input }: CreateVariable) {
  return change(context.transaction, variable.key, async (tx) => {
    const inserted = await insertVariables(context, tx, { ...input, variables: [variable] })
    if (!inserted.ok) return inserted
    const { ids, revision, ownerName } = inserted.value
    const [id = ''] = ids
    await context.audit(
      tx,
      variableEntry('create_variable', { id, displayName: variable.displayName, partOfId: input.owner.ownerId }, [
        ...fact('of', ownerName),
        ...fact('key', variable.key),
        ...fact('secret', variable.secret),
      ]),
    )
    return succeed({ variableId: id, revision })
  })
}
