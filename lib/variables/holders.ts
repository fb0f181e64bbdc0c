import 'server-only'
import { nameSome } from '@/lib/domain/names'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'

/**
 * What has a value for a variable: instances, flows (their shapes), and methods with a value for all their instances.
 */
export type Holders = { instances: string[]; instanceCount: number; flows: string[]; methods: string[] }

const shown = 5

export async function findHolders(tx: WorkspaceDb | WorkspaceTransaction, variableId: string): Promise<Holders> {
  const instanceCount = await tx.instanceValue.count({ where: { variableId } })
  const values = await tx.instanceValue.findMany({
    where: { variableId },
    select: { instance: { select: { name: true } } },
    orderBy: { instance: { foldedName: 'asc' } },
    take: shown,
  })
  const flows = await tx.flow.findMany({
    where: { versions: { some: { shapes: { some: { values: { some: { variableId } } } } } } },
    select: { name: true },
    orderBy: { foldedName: 'asc' },
    take: shown,
  })
  const methods = await tx.methodValue.findMany({
    where: { variableId },
    select: { method: { select: { name: true } } },
  })
  return {
    instances: values.map((value) => value.instance.name),
    instanceCount,
    flows: flows.map((flow) => flow.name),
    methods: methods.map((value) => value.method.name),
  }
}

/** “the instances Acme UK and Acme EU, the flow Nightly orders”; empty if nothing has a value. */
export function describeHolders(holders: Holders): string {
  const parts = [
    holders.instanceCount > 0 &&
      `${holders.instanceCount === 1 ? 'the instance' : 'the instances'} ${nameSome(holders.instances, holders.instanceCount)}`,
    holders.methods.length > 0 && `the authentication method ${nameSome(holders.methods, holders.methods.length)}`,
    holders.flows.length > 0 &&
      `${holders.flows.length === 1 ? 'the flow' : 'the flows'} ${nameSome(holders.flows, holders.flows.length)}`,
  ]
  return parts.filter(Boolean).join(', ')
}
