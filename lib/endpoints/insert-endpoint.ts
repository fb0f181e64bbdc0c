import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { foldName, freeKey, slugify } from '@/lib/domain/names'
import { refuse, type Result } from '@/lib/domain/result'

export const connectorNotFound = () =>
  refuse('not_found', 'This connector does not exist in your workspace; it may have been deleted.')
export const endpointNotFound = () =>
  refuse('not_found', 'This endpoint does not exist in your workspace; it may have been deleted.')

type NewEndpoint = Pick<
  Prisma.EndpointUncheckedCreateInput,
  'entityType' | 'direction' | 'httpMethod' | 'url' | 'bodyFormat' | 'body' | 'pagination' | 'dataPath' | 'deprecated'
>

/** Adds the row, with every authentication method off (rule R2). Creations in one connector follow each other, so that each finds a free key. */
export async function insertEndpoint(
  tx: WorkspaceTransaction,
  actor: Actor,
  connectorId: string,
  name: string,
  data: NewEndpoint,
): Promise<string> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`endpoint keys:${connectorId}`}, 0))`
  const taken = await tx.endpoint.findMany({
    where: { connectorId, key: { startsWith: slugify(name) } },
    select: { key: true },
  })
  const id = newId()
  await tx.endpoint.create({
    data: {
      ...data,
      id,
      workspaceId: actor.workspaceId,
      connectorId,
      name,
      foldedName: foldName(name),
      key: freeKey(name, new Set(taken.map(({ key }) => key))),
      entityType: await spelledAsBefore(tx, connectorId, data.entityType ?? ''),
      updatedById: userIdOf(actor),
    },
  })
  return id
}

/** "orders" joins the group "Orders" that is there already, instead of making one of its own. */
export async function spelledAsBefore(
  tx: WorkspaceTransaction,
  connectorId: string,
  entityType: string,
): Promise<string> {
  const same = await tx.endpoint.findFirst({
    where: { connectorId, entityType: { equals: entityType.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } },
    orderBy: { createdAt: 'asc' },
    select: { entityType: true },
  })
  return same?.entityType ?? entityType
}

/** A taken name is the person's to change. */
export async function refuseTakenName<Value>(
  name: string,
  write: () => Promise<Result<Value>>,
): Promise<Result<Value>> {
  try {
    return await write()
  } catch (error) {
    if (!uniqueViolation(error)?.includes('foldedName')) throw error
    return refuse('name_taken', `This connector already has an endpoint called “${name}”. Choose another name.`, 'name')
  }
}
