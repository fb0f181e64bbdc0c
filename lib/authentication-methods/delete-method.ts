import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed } from '@/lib/domain/result'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { z } from 'zod'
import { operation, type Context } from '@/lib/operations/operation'
import { deleteMethodSchema, type DeleteMethod } from './schema'

const instancesNamed = 5

/**
 * Deletes a method that no instance uses (rule R11), after the person has typed its name. Its toggles are deleted too.
 */
export const deleteMethod = operation({
  name: 'delete_method',
  permission: 'change',
  input: deleteMethodSchema,
  output: z.strictObject({ connectorId: z.uuid() }),
  run: removeMethod,
})

/** Deletes a method, and audits it. */
export async function removeMethod({ actor, transaction, audit }: Context, input: DeleteMethod) {
  return transaction(async (tx) => {
    // Locked first, so that no instance can be added between the count and the deletion.
    await tx.$queryRaw`SELECT 1 FROM "AuthenticationMethod" WHERE "id" = ${input.methodId}::uuid AND "workspaceId" = ${actor.workspaceId}::uuid FOR UPDATE`
    const method = await tx.authenticationMethod.findFirst({
      where: { id: input.methodId },
      select: {
        id: true,
        connectorId: true,
        name: true,
        foldedName: true,
        instances: { select: { name: true }, orderBy: { foldedName: 'asc' }, take: instancesNamed },
        _count: { select: { instances: true } },
      },
    })
    if (!method) return notFound('authentication_method')
    if (method._count.instances > 0) return methodInUse(method)
    if (foldName(input.typedName) !== method.foldedName)
      return refuse('invalid_input', `Type “${method.name}” to delete it.`, 'typedName')
    await tx.authenticationMethod.delete({ where: { id: method.id } })
    await audit(tx, {
      objectType: 'authentication_method',
      objectId: method.id,
      objectName: method.name,
      partOfId: method.connectorId,
    })
    await syncConnectorOrigins(tx, actor, method.connectorId)
    return succeed({ connectorId: method.connectorId })
  })
}

function methodInUse(method: { name: string; instances: { name: string }[]; _count: { instances: number } }) {
  const named = method.instances.map(({ name }) => `“${name}”`).join(', ')
  const more = method._count.instances - method.instances.length
  return refuse(
    'in_use',
    `“${method.name}” cannot be deleted because it is used by ${named}${more > 0 ? ` and ${more} more` : ''}. Delete these instances first.`,
  )
}
