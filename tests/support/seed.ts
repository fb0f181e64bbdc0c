import { PrismaPg } from '@prisma/adapter-pg'
import { foldName, slugify } from '@/lib/domain/names'
import type { ConnectorDocument } from '@/lib/imports/document-schema'
import { planConnector } from '@/lib/imports/plan-connector'
import { writeConnector } from '@/lib/imports/write-connector'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { PrismaClient } from '@/lib/platform/db/generated/client'
import { valueOf } from './definition-builders'
import type { Workspace } from './workspace'

/** Data that already exists for the people of a spec, written directly to the database. */

/** A separate client, because some specs have another database. */
export async function withClient<Value>(
  { databaseUrl }: Workspace,
  work: (tx: WorkspaceTransaction) => Promise<Value>,
): Promise<Value> {
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl }) })
  try {
    return await client.$transaction((tx) => work(tx as unknown as WorkspaceTransaction), { timeout: 30_000 })
  } finally {
    await client.$disconnect()
  }
}

/** Names as rows have them. */
export const named = (name: string) => ({ name, foldedName: foldName(name), key: slugify(name) })

/** @returns the id of the connector */
export async function seedConnector(workspace: Workspace, document: ConnectorDocument): Promise<string> {
  const actor = {
    kind: 'person' as const,
    workspaceId: workspace.workspaceId,
    userId: workspace.administrator.id,
    sessionId: newId(),
    label: 'Dana',
    role: 'administrator' as const,
  }
  return withClient(workspace, (tx) => writeConnector(tx, actor, valueOf(planConnector(document))))
}

export type SeededShape = { flowId: string; shapeId: string; path: string }

/** A flow with one connection shape; `path` opens it with the shape selected. */
export async function seedFlow(
  workspace: Workspace,
  { name, ...use }: { name: string; connectorId: string; instanceId: string; endpointId: string },
): Promise<SeededShape> {
  const { workspaceId } = workspace
  return withClient(workspace, async (tx) => {
    const flow = await tx.flow.create({ data: { workspaceId, ...named(name) } })
    const version = await tx.flowVersion.create({ data: { workspaceId, flowId: flow.id } })
    const shape = await tx.shape.create({
      data: { workspaceId, flowVersionId: version.id, name: 'Connection 1', ...use },
    })
    return { flowId: flow.id, shapeId: shape.id, path: `/flows/${flow.id}?shape=${shape.id}` }
  })
}
