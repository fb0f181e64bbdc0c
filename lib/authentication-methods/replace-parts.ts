import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import type { MethodPlan } from './plan-method'
import type { SaveMethod } from './schema'

/** Writes the parts of a method that are separate rows, in the caller's transaction. */

type Owner = { id: string; workspaceId: string; connectorId: string }

/** Replaces all phases. */
export async function replacePhases(tx: WorkspaceTransaction, method: Owner, phases: SaveMethod['phases']) {
  await tx.authenticationPhase.deleteMany({ where: { methodId: method.id } })
  await tx.authenticationPhase.createMany({ data: phaseRows(method, phases) })
}

export function phaseRows({ id: methodId, workspaceId, connectorId }: Owner, phases: SaveMethod['phases']) {
  return phases.map(({ successRule, extract, ...phase }) => ({
    ...phase,
    workspaceId,
    connectorId,
    methodId,
    successRule: successRule ?? Prisma.DbNull,
    extract: extract ?? Prisma.DbNull,
  }))
}

/** Writes the *Use* of connector variables, by key. A key that the connector does not have is skipped. */
export async function writeUses(
  tx: WorkspaceTransaction,
  owner: { workspaceId: string; connectorId: string; methodId: string },
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
