import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { succeed } from '@/lib/domain/result'
import { variableOfName } from '@/lib/domain/variables/variable-of-name'
import { operation } from '@/lib/operations/operation'
import { change, variableEntry } from './change-variable'
import { insertVariables } from './insert-variables'
import { createVariablesSchema } from './schema'
import { createdVariables } from './views'

/**
 * Creates variables for unknown names in templates: all of them, or none. The display name is derived from the name,
 * and so is whether the variable is secret, unless the input says it.
 */
export const createVariables = operation({
  name: 'create_variables',
  permission: 'change',
  input: createVariablesSchema,
  output: createdVariables,
  run: async (context, { variables: named, ...input }) => {
    const variables = named.map(({ key, secret }) => {
      const variable = variableOfName(key)
      return { ...variable, secret: secret ?? variable.secret }
    })
    const keys = variables.map(({ key }) => key).join(', ')
    return change(context.transaction, keys, async (tx) => {
      const inserted = await insertVariables(context, tx, { ...input, variables })
      if (!inserted.ok) return inserted
      const { ids, revision, ownerName } = inserted.value
      const entries = variables.map(({ key, displayName, secret }, index) => {
        const object = { id: ids[index] ?? '', displayName, partOfId: input.owner.ownerId }
        const facts = [...fact('of', ownerName), ...fact('key', key), ...fact('secret', secret)]
        return variableEntry('create_variable', object, facts)
      })
      await context.auditCreated(tx, entries)
      return succeed({ variableIds: ids, revision })
    })
  },
})
