import 'server-only'
import { seal } from '@/lib/platform/crypto/seal'
import { newId } from '@/lib/platform/db/new-id'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import { userIdOf } from '@/lib/domain/access/actor'
import { refuse, succeed } from '@/lib/domain/result'
import { validateVariableValue } from '@/lib/domain/variables/variable-rules'
import { hostChangeQuestion } from '@/lib/variables/host-change'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { methodValueSchema } from './schema'
import { reviseMethod } from './write-method'

/**
 * Sets or removes the method's value for all its instances; the instance form does not ask for a value that is set. It
 * is sealed immediately and never shown again (rule R10). A change raises the method's revision, so that an
 * authorisation that was started with the old value cannot finish with the new one.
 */
export const setMethodValue = operation({
  name: 'set_method_value',
  permission: 'change',
  input: methodValueSchema,
  output: z.strictObject({ isSet: z.boolean() }),
  run: async ({ actor, transaction, audit }, input) => {
    return transaction(async (tx) => {
      const method = await tx.authenticationMethod.findFirst({
        where: { id: input.methodId },
        select: { id: true, connectorId: true, name: true },
      })
      const variable = method && (await tx.variable.findFirst({ where: { id: input.variableId, methodId: method.id } }))
      if (!method || !variable) return refuse('not_found', 'This variable no longer exists. Reload the page.')
      if (input.value !== null) {
        const valid = validateVariableValue(variableDefinition(variable), input.value)
        if (!valid.ok) return refuse(valid.error.code, valid.error.message, 'value')
      }
      // It takes precedence over the instances' values: if it is part of a host, all requests go to another one (DATA
      // §6).
      const host = await hostChangeQuestion(
        tx,
        actor,
        { level: 'method', connectorId: method.connectorId, ownerId: method.id },
        { keys: [variable.key], variableId: null },
      )
      if (!host.ok) return host
      const revised = await reviseMethod(tx, actor, { id: method.id, revision: input.revision })
      if (!revised.ok) return revised
      const { count } = await tx.methodValue.deleteMany({ where: { methodId: method.id, variableId: variable.id } })
      if (input.value !== null) {
        const id = newId()
        const sealedValue = seal(input.value, {
          workspaceId: actor.workspaceId,
          table: 'MethodValue',
          rowId: id,
          field: 'sealedValue',
        })
        await tx.methodValue.create({
          data: {
            id,
            workspaceId: actor.workspaceId,
            connectorId: method.connectorId,
            methodId: method.id,
            variableId: variable.id,
            sealedValue,
            setById: userIdOf(actor),
          },
        })
      }
      await audit(tx, {
        objectType: 'authentication_method',
        objectId: method.id,
        objectName: method.name,
        partOfId: method.connectorId,
        changes: [{ field: 'sharedValue', of: variable.displayName, how: howOf(count > 0, input.value) }],
      })
      return succeed({ isSet: input.value !== null })
    })
  },
})

function howOf(wasSet: boolean, value: string | null): 'set' | 'replaced' | 'removed' {
  if (value === null) return 'removed'
  return wasSet ? 'replaced' : 'set'
}
