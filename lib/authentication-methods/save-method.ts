import 'server-only'
import { recordAudit } from '@/lib/audit/record'
import { changedBySomeoneElse } from '@/lib/db/changed-by-someone-else'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { newId } from '@/lib/db/new-id'
import { uniqueViolation } from '@/lib/db/unique-violation'
import { permit, type Actor } from '@/lib/domain/actor'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { syncConnectorOrigins } from '@/lib/origins/sync-origins'
import { checkMethod } from './check-method'
import type { SaveMethod } from './schema'
import { giveOptionalParametersVariables } from './variables-of-optional-parameters'

/**
 * Saves all of *Authentication setup* but its variables: details, options, phases and parameters, in one transaction
 * and under one revision (rule R12), which is the method version an authorisation is bound to.
 */
export async function saveMethod(actor: Actor, input: SaveMethod): Promise<Result<{ revision: number; pendingOrigins: string[] }>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const db = workspaceDb(actor.workspaceId)
  const method = await db.authenticationMethod.findFirst({
    where: { id: input.methodId },
    include: { variables: { select: { key: true } }, uses: { select: { variable: { select: { key: true } } } } },
  })
  if (!method) return refuse('not_found', 'This authentication method does not exist in your workspace; it may have been deleted.')
  const variableKeys = [...method.variables, ...method.uses.map(({ variable }) => variable)].map(({ key }) => key)
  const checked = checkMethod(method.type, input, variableKeys)
  if (!checked.ok) return checked
  try {
    return await db.$transaction(async (tx) => {
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
          updatedById: actor.userId,
        },
      })
      if (count === 0) return changedBySomeoneElse(`"${method.name}"`, (await tx.authenticationMethod.findFirst({ where: { id: method.id } })) ?? method, tx)
      await savePhases(tx, method, input.phases)
      const { parameters, made } = await giveOptionalParametersVariables(tx, method, input.parameters)
      await replaceParameters(tx, method, parameters)
      await recordAudit(tx, actor, {
        action: 'update_method',
        objectType: 'authentication_method',
        objectId: method.id,
        objectName: input.name,
        changes: { ...(method.name !== input.name && { name: { from: method.name, to: input.name } }), addedVariables: made },
      })
      const { pending } = await syncConnectorOrigins(tx, actor, method.connectorId)
      return succeed({ revision: input.revision + 1, pendingOrigins: pending })
    })
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    return refuse('name_taken', `This connector already has an authentication method called "${input.name}". Choose another name.`, 'name')
  }
}

type Owner = { id: string; workspaceId: string; connectorId: string }

/** The phases are what the screen says, all of them. */
async function savePhases(tx: WorkspaceTransaction, method: Owner, phases: SaveMethod['phases']) {
  const { id: methodId, workspaceId, connectorId } = method
  await tx.authenticationPhase.deleteMany({ where: { methodId } })
  await tx.authenticationPhase.createMany({
    data: phases.map(({ successRule, extract, ...phase }) => ({
      ...{ ...phase, workspaceId, connectorId, methodId },
      successRule: successRule ?? Prisma.DbNull,
      extract: extract ?? Prisma.DbNull,
    })),
  })
}

/** Existing parameters keep their ids, so that what refers to them stays; an id of another method is treated as new. */
async function replaceParameters(tx: WorkspaceTransaction, method: Owner, parameters: SaveMethod['parameters']) {
  const existing = new Set((await tx.parameter.findMany({ where: { methodId: method.id }, select: { id: true } })).map(({ id }) => id))
  const rows = parameters.map((parameter, position) => ({
    ...parameter,
    id: parameter.id !== null && existing.has(parameter.id) ? parameter.id : newId(),
    position,
  }))
  await tx.parameter.deleteMany({ where: { methodId: method.id, id: { notIn: rows.map(({ id }) => id) } } })
  for (const { id, ...data } of rows.filter((row) => existing.has(row.id))) await tx.parameter.updateMany({ where: { id, methodId: method.id }, data })
  await tx.parameter.createMany({
    data: rows.filter((row) => !existing.has(row.id)).map((row) => ({ ...row, workspaceId: method.workspaceId, connectorId: method.connectorId, methodId: method.id })),
  })
}
