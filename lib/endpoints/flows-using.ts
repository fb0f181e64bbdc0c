import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import type { UsedByFlows } from './views'

const shown = 5

/** The flows with a draft or deployed version that calls the endpoint: their number, and the first few. */
export async function flowsUsing(db: WorkspaceDb | WorkspaceTransaction, endpointId: string): Promise<UsedByFlows> {
  const where: Prisma.FlowWhereInput = {
    versions: { some: { state: { in: ['draft', 'deployed'] }, shapes: { some: { endpointId } } } },
  }
  const client = db as WorkspaceDb
  const flows = await client.flow.findMany({
    where,
    select: { id: true, name: true },
    orderBy: { foldedName: 'asc' },
    take: shown,
  })
  const flowCount = flows.length < shown ? flows.length : await client.flow.count({ where })
  return { flows, flowCount }
}
