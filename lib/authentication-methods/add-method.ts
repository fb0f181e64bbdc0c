import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import type { Context } from '@/lib/operations/operation'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import type { MethodPlan } from './plan-method'
import { writeMethod } from './write-method'

export type AddedMethod = { id: string; connectorId: string; pendingOrigins: string[] }

/**
 * Adds a planned method from a form, a document or a preset. It is off on every endpoint (rule R2).
 * @param action the action in the audit log, if it is not the operation's name
 */
export async function addMethod(
  { actor, db, transaction, audit }: Context,
  connectorId: string,
  plan: MethodPlan,
  action?: string,
): Promise<Result<AddedMethod>> {
  const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } })
  if (!connector) return notFound('connector')
  try {
    return await transaction(async (tx) => {
      const id = await writeMethod(tx, actor, connectorId, plan)
      await audit(tx, {
        ...(action !== undefined && { action }),
        objectType: 'authentication_method',
        objectId: id,
        objectName: plan.name,
        partOfId: connectorId,
        changes: fact('type', authenticationTypes[plan.type]),
      })
      const { pending } = await syncConnectorOrigins(tx, actor, connectorId)
      return succeed({ id, connectorId, pendingOrigins: pending })
    })
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    return methodNameTaken(plan.name)
  }
}

export function methodNameTaken(name: string) {
  return refuse(
    'name_taken',
    `This connector already has an authentication method called “${name}”. Choose another name.`,
    'name',
  )
}
