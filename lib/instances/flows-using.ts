import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import type { InstanceDetail } from './views'

const shown = 5

/** The flows with a draft or deployed version that uses the instance: their number, and the first few. */
export async function flowsUsing(
  db: WorkspaceDb | WorkspaceTransaction,
  instanceId: string,
): Promise<InstanceDetail['usedBy']> {
  const where: Prisma.FlowWhereInput = {
    versions: { some: { state: { in: ['draft', 'deployed'] }, shapes: { some: { instanceId } } } },
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
