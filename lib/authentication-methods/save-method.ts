import 'server-only'
import { several } from '@/lib/domain/history/compare-values'
import { methodNameTaken } from './add-method'
import { notFound } from '@/lib/domain/refusals'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { succeed } from '@/lib/domain/result'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { unknownInMethod } from '@/lib/domain/authentication/unknown-in-method'
import { checkMethod } from './check-method'
import { connectorKeysOf } from './connector-keys'
import { methodFieldsOf } from './fields'
import { methodChanges } from './method-changes'
import { storedFields } from './stored-fields'
import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import { addResponseVariables } from './variables-of-responses'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { saveMethodSchema } from './schema'
import { rewriteMethod } from './write-method'

/**
 * Saves all of *Authentication setup* except variables (details, options, phases and parameters) in one transaction and
 * under one revision (rule R12). Authorisations are bound to this revision.
 */
export const saveMethod = operation({
  name: 'update_method',
  permission: 'change',
  input: saveMethodSchema,
  output: z.strictObject({
    revision: z.int(),
    pendingOrigins: z.array(z.string()),
    unknownVariables: z.array(z.string()),
  }),
  run: async ({ actor, db, transaction, audit }, input) => {
    const method = await db.authenticationMethod.findFirst({
      where: { id: input.methodId },
      include: {
        variables: { select: { key: true } },
        uses: { select: { variable: { select: { key: true } } } },
        phases: true,
        parameters: { orderBy: { position: 'asc' } },
      },
    })
    if (!method) return notFound('authentication_method')
    const variableKeys = [...method.variables, ...method.uses.map(({ variable }) => variable)].map(({ key }) => key)
    const checked = checkMethod(method.type, input, variableKeys)
    if (!checked.ok) return checked
    try {
      return await transaction(async (tx) => {
        const after = { ...input, options: checked.value }
        const written = await rewriteMethod(tx, actor, method, input.revision, after)
        if (!written.ok) return written
        const kept = await addResponseVariables(tx, method, checked.value as Partial<MethodOptions>, input.phases)
        await audit(tx, {
          objectType: 'authentication_method',
          objectId: method.id,
          objectName: input.name,
          partOfId: method.connectorId,
          changes: [
            ...methodChanges({ ...method, fields: storedFields(method) }, { ...input, fields: methodFieldsOf(after) }),
            ...several('variable', 'added', [...written.value, ...kept]),
          ],
        })
        const { pending } = await syncConnectorOrigins(tx, actor, method.connectorId)
        const variables = [...variableKeys, ...written.value].map((key) => ({ key }))
        const unknownVariables = unknownInMethod(
          { type: method.type, options: checked.value, phases: input.phases, parameters: input.parameters, variables },
          await connectorKeysOf(tx, method.connectorId),
        )
        return succeed({ revision: input.revision + 1, pendingOrigins: pending, unknownVariables })
      })
    } catch (error) {
      if (!uniqueViolation(error)) throw error
      return methodNameTaken(input.name)
    }
  },
})
