import 'server-only'
import { methodNameTaken } from './add-method'
import { notFound } from '@/lib/domain/refusals'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { userIdOf } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { checkMethod } from './check-method'
import { replaceParameters, replacePhases } from './replace-parts'
import { giveKeptValuesVariables } from './variables-of-kept-values'
import { giveOptionalParametersVariables } from './variables-of-optional-parameters'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { saveMethodSchema } from './schema'

/**
 * Saves all of *Authentication setup* but its variables: details, options, phases and parameters, in one transaction
 * and under one revision (rule R12), which is the method version an authorisation is bound to.
 */
export const saveMethod = operation({
  name: 'update_method',
  permission: 'change',
  input: saveMethodSchema,
  output: z.strictObject({ revision: z.int(), pendingOrigins: z.array(z.string()) }),
  run: async ({ actor, db, transaction, audit }, input) => {
    const method = await db.authenticationMethod.findFirst({
      where: { id: input.methodId },
      include: { variables: { select: { key: true } }, uses: { select: { variable: { select: { key: true } } } } },
    })
    if (!method) return notFound('authentication_method')
    const variableKeys = [...method.variables, ...method.uses.map(({ variable }) => variable)].map(({ key }) => key)
    const checked = checkMethod(method.type, input, variableKeys)
    if (!checked.ok) return checked
    try {
      return await transaction(async (tx) => {
        const { count } = await tx.authenticationMethod.updateMany({
          where: { id: method.id, revision: input.revision },
          data: {
            name: input.name,
            foldedName: foldName(input.name),
            timeoutSeconds: input.timeoutSeconds,
            documentationUrl: input.documentationUrl,
            options: checked.value as Prisma.InputJsonObject,
            revision: { increment: 1 },
            updatedAt: new Date(),
            updatedById: userIdOf(actor),
          },
        })
        if (count === 0)
          return changedBySomeoneElse(
            `"${method.name}"`,
            (await tx.authenticationMethod.findFirst({ where: { id: method.id } })) ?? method,
            tx,
          )
        await replacePhases(tx, method, input.phases)
        const { parameters, made } = await giveOptionalParametersVariables(tx, method, input.parameters)
        await replaceParameters(tx, method, parameters)
        const kept = await giveKeptValuesVariables(tx, method, checked.value, input.phases)
        await audit(tx, {
          objectType: 'authentication_method',
          objectId: method.id,
          objectName: input.name,
          changes: {
            ...(method.name !== input.name && { name: { from: method.name, to: input.name } }),
            addedVariables: [...made, ...kept],
          },
        })
        const { pending } = await syncConnectorOrigins(tx, actor, method.connectorId)
        return succeed({ revision: input.revision + 1, pendingOrigins: pending })
      })
    } catch (error) {
      if (!uniqueViolation(error)) throw error
      return methodNameTaken(input.name)
    }
  },
})
