import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { foldName, freeKey } from '@/lib/domain/names'
import type { MethodPlan } from './plan-method'
import { giveOptionalParametersVariables } from './variables-of-optional-parameters'

type Owner = { workspaceId: string; connectorId: string }

/**
 * Writes a planned method into the caller's transaction: the one way in which methods come to be, whether a person adds
 * one, imports one, or installs a whole connector. It is off on every endpoint (rule R2).
 * @returns the new method's id
 */
export async function writeMethod(
  tx: WorkspaceTransaction,
  actor: Actor,
  connectorId: string,
  plan: MethodPlan,
): Promise<string> {
  // Creations in one connector follow each other, so that each finds a free key and place.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`method keys:${connectorId}`}, 0))`
  const siblings = await tx.authenticationMethod.findMany({
    where: { connectorId },
    select: { key: true, position: true },
  })
  const id = newId()
  const owner = { workspaceId: actor.workspaceId, connectorId }
  const { name, type, timeoutSeconds, documentationUrl, options } = plan
  await tx.authenticationMethod.create({
    data: {
      ...{ ...owner, id, name, type, timeoutSeconds, documentationUrl },
      key: freeKey(name, new Set(siblings.map(({ key }) => key))),
      foldedName: foldName(name),
      options: options as Prisma.InputJsonObject,
      position: Math.max(-1, ...siblings.map(({ position }) => position)) + 1,
      updatedById: userIdOf(actor),
    },
  })
  await writeParts(tx, { ...owner, methodId: id }, plan)
  return id
}

async function writeParts(
  tx: WorkspaceTransaction,
  owner: Owner & { methodId: string },
  { variables, uses, phases, parameters }: MethodPlan,
): Promise<void> {
  await tx.variable.createMany({
    data: variables.map((variable, position) => ({ ...variable, ...owner, level: 'method' as const, position })),
  })
  const given = parameters.map((parameter) => ({ ...parameter, id: null }))
  const { parameters: stored } = await giveOptionalParametersVariables(tx, { ...owner, id: owner.methodId }, given)
  await tx.parameter.createMany({
    data: stored.map(({ id: _new, ...parameter }, position) => ({ ...parameter, ...owner, position })),
  })
  await tx.authenticationPhase.createMany({
    data: phases.map(({ successRule, extract, ...phase }) => ({
      ...phase,
      ...owner,
      successRule: successRule ?? Prisma.DbNull,
      extract: extract ?? Prisma.DbNull,
    })),
  })
  await writeUses(tx, owner, uses)
}

/** *Use* of connector variables, by key; one that the connector does not have is left out. */
export async function writeUses(
  tx: WorkspaceTransaction,
  owner: Owner & { methodId: string },
  uses: MethodPlan['uses'],
): Promise<void> {
  if (uses.length === 0) return
  const known = await tx.variable.findMany({
    where: { connectorId: owner.connectorId, level: 'connector' },
    select: { id: true, key: true },
  })
  const used = uses.flatMap(({ key, ...flags }) =>
    known.filter((variable) => variable.key === key).map(({ id }) => ({ ...flags, variableId: id })),
  )
  await tx.variableUse.createMany({ data: used.map((use, position) => ({ ...use, ...owner, position })) })
}
