import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { keptVariables } from '@/lib/domain/method-options/kept-variables'
import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import type { SaveMethod } from './schema'

type Owner = { id: string; workspaceId: string; connectorId: string }

/**
 * A value that a method keeps gets a variable of its own where there is none of its key.
 * @returns the keys of the variables that were made
 */
export async function giveKeptValuesVariables(
  tx: WorkspaceTransaction,
  method: Owner,
  options: object,
  phases: SaveMethod['phases'],
): Promise<string[]> {
  const known = await tx.variable.findMany({
    where: { connectorId: method.connectorId, OR: [{ level: 'connector' }, { level: 'method', methodId: method.id }] },
    select: { key: true, position: true },
  })
  const made = keptVariables(
    { options: options as Partial<MethodOptions>, phases },
    known.map(({ key }) => key),
  )
  const last = Math.max(-1, ...known.map(({ position }) => position))
  const { workspaceId, connectorId, id: methodId } = method
  const rows = made.map((variable, index) => ({
    ...variable,
    workspaceId,
    connectorId,
    methodId,
    level: 'method' as const,
    position: last + 1 + index,
  }))
  await tx.variable.createMany({ data: rows })
  return made.map(({ key }) => key)
}
