import 'server-only'
import { storingMethodColumns, variablesStoredBy, nearestOnly } from '@/lib/endpoints/named-variables'
import type { NamedVariable } from '@/lib/endpoints/views'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'

/**
 * What the templates of a connector's parameters may name: its own variables, and those that each of its methods has or
 * keeps of a response. With a method that lacks one, every request would be refused.
 */
export async function variablesOfEveryMethod(
  client: WorkspaceDb | WorkspaceTransaction,
  connectorId: string,
): Promise<NamedVariable[]> {
  const db = client as WorkspaceDb
  const own = await db.variable.findMany({ where: { connectorId, level: 'connector' }, ...inOrder })
  const methods = await db.authenticationMethod.findMany({
    where: { connectorId },
    select: { ...storingMethodColumns, variables: inOrder },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  })
  const [first = [], ...others] = methods.map((method) => [
    ...method.variables.map((variable) => named(variable, method.name)),
    ...variablesStoredBy(method),
  ])
  const ofEvery = first.flatMap((variable) => {
    const same = others.map((variables) => variables.find(({ key }) => key === variable.key))
    if (same.includes(undefined)) return []
    const secret = [variable, ...same].some((one) => one?.secret)
    return { ...variable, secret, origin: others.length === 0 ? variable.origin : 'Every method' }
  })
  const connectors = own.map((variable) => named(variable, 'Connector'))
  return nearestOnly([...ofEvery, ...connectors])
}

const inOrder = {
  select: { key: true, displayName: true, secret: true },
  orderBy: [{ position: 'asc' as const }, { id: 'asc' as const }],
}

type Row = { key: string; displayName: string; secret: boolean }

function named({ key, displayName, secret }: Row, origin: string): NamedVariable {
  return { key, label: displayName, secret, origin }
}
