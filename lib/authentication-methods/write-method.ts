import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import type { AuthenticationMethod, Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import { lockUntilCommit } from '@/lib/platform/db/lock-until-commit'
import { planParameters } from '@/lib/platform/db/plan-parameters'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { freeKeys } from '@/lib/domain/free-names'
import { foldName, slugify } from '@/lib/domain/names'
import { notFound } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import { methodFieldsOf, type MethodFields } from './fields'
import type { MethodPlan } from './plan-method'
import { phaseRows, replacePhases, writeUses } from './replace-parts'
import type { SaveMethod } from './schema'
import { giveOptionalParametersVariables } from './variables-of-optional-parameters'

/**
 * The only code that writes methods, in the caller's transaction: when a person adds, edits, imports or replaces one,
 * or installs a connector.
 */

/** The fields as columns of the table. */
function columnsOf(method: MethodFields) {
  const fields = methodFieldsOf(method)
  return { ...fields, foldedName: foldName(fields.name), options: fields.options as Prisma.InputJsonObject }
}

/**
 * Writes a planned method. It is off on every endpoint (rule R2).
 * @returns the new method's id
 */
export async function writeMethod(
  tx: WorkspaceTransaction,
  actor: Actor,
  connectorId: string,
  plan: MethodPlan,
): Promise<string> {
  // Only one method of a connector is created at a time, so that each gets a free key and position.
  await lockUntilCommit(tx, `method keys:${connectorId}`)
  const siblings = await tx.authenticationMethod.findMany({
    where: { connectorId },
    select: { key: true, position: true },
  })
  const owner = { id: newId(), workspaceId: actor.workspaceId, connectorId }
  await tx.authenticationMethod.create({
    data: {
      ...columnsOf(plan),
      ...owner,
      type: plan.type,
      key: freeKeys(siblings.map(({ key }) => key)).takeFree(plan.key ?? slugify(plan.name)),
      position: Math.max(-1, ...siblings.map(({ position }) => position)) + 1,
      updatedById: userIdOf(actor),
    },
  })
  await writeParts(tx, owner, plan)
  return owner.id
}

async function writeParts(
  tx: WorkspaceTransaction,
  method: { id: string; workspaceId: string; connectorId: string },
  { variables, uses, phases, parameters }: MethodPlan,
): Promise<void> {
  const { id: methodId, workspaceId, connectorId } = method
  const owner = { workspaceId, connectorId, methodId }
  await tx.variable.createMany({
    data: variables.map((variable, position) => ({ ...variable, ...owner, level: 'method' as const, position })),
  })
  const given = parameters.map((parameter) => ({ ...parameter, id: null }))
  const { parameters: stored } = await giveOptionalParametersVariables(tx, method, given)
  await tx.parameter.createMany({
    data: stored.map(({ id: _new, ...parameter }, position) => ({ ...parameter, ...owner, position })),
  })
  await tx.authenticationPhase.createMany({ data: phaseRows(method, phases) })
  await writeUses(tx, owner, uses)
}

type Rewritten = MethodFields & Pick<SaveMethod, 'phases' | 'parameters'>

/**
 * Writes an existing method, except its variables, if the revision is still the one that the person started with (rule
 * R12).
 * @returns the keys of the variables that were created for its optional parameters
 */
export async function rewriteMethod(
  tx: WorkspaceTransaction,
  actor: Actor,
  method: AuthenticationMethod,
  revision: number,
  after: Rewritten,
): Promise<Result<string[]>> {
  const revised = await reviseMethod(tx, actor, { id: method.id, revision }, after)
  if (!revised.ok) return revised
  await replacePhases(tx, method, after.phases)
  const { parameters, made } = await giveOptionalParametersVariables(tx, method, after.parameters)
  const { workspaceId, connectorId } = method
  const planned = await planParameters(tx, { workspaceId, connectorId, methodId: method.id }, parameters)
  await planned.write()
  return succeed(made)
}

/**
 * Raises the method's revision, which authorisations are bound to (DATA §8).
 * @param fields omitted if something else of the method changes
 */
export async function reviseMethod(
  tx: WorkspaceTransaction,
  actor: Actor,
  { id, revision }: { id: string; revision: number },
  fields?: MethodFields,
): Promise<Result<null>> {
  const { count } = await tx.authenticationMethod.updateMany({
    where: { id, revision },
    data: {
      ...(fields && columnsOf(fields)),
      revision: { increment: 1 },
      updatedAt: new Date(),
      updatedById: userIdOf(actor),
    },
  })
  if (count > 0) return succeed(null)
  const now = await tx.authenticationMethod.findFirst({
    where: { id },
    select: { name: true, updatedAt: true, updatedById: true },
  })
  return now ? changedBySomeoneElse(`“${now.name}”`, now, tx) : notFound('authentication_method')
}
