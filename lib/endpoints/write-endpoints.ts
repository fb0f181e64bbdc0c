import 'server-only'
import { userIdOf, type Actor } from '@/lib/domain/access/actor'
import { freeKeys, type FreeNames } from '@/lib/domain/free-names'
import { foldName, slugify } from '@/lib/domain/names'
import { refuse, type Result } from '@/lib/domain/result'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { lockUntilCommit } from '@/lib/platform/db/lock-until-commit'
import { endpointDefaults, endpointFieldsOf, type EndpointFields } from './fields'

type Given<Required extends keyof EndpointFields> = Pick<EndpointFields, Required> & Partial<EndpointFields>

type Row<Model> = Omit<Model, 'id' | 'workspaceId' | 'connectorId' | 'methodId' | 'endpointId' | 'position' | 'level'>

export type NewEndpoint = Given<'name' | 'httpMethod' | 'url'> & {
  /** As it is, or with a number if it is taken; default: made of the name. */
  key?: string
  /** Names of schemas of the connector. */
  requestSchema?: string | null
  responseSchema?: string | null
  variables?: readonly Row<Prisma.VariableCreateManyInput>[]
  parameters?: readonly Row<Prisma.ParameterCreateManyInput>[]
}

/** Thousands at once would block the process. */
const atOnce = 200

/**
 * Writes endpoints with their variables and parameters, some at a time with one statement for each kind of row. All
 * authentication methods are off (rule R2). Only one transaction at a time creates endpoints of a connector, so that each
 * gets a free key.
 * @param known the keys of the connector, if it is new and only this transaction can have written endpoints
 * @returns the ids, in the order given
 */
export async function writeEndpoints(
  tx: WorkspaceTransaction,
  actor: Actor,
  connectorId: string,
  endpoints: readonly NewEndpoint[],
  known?: FreeNames,
): Promise<string[]> {
  const owner = { workspaceId: actor.workspaceId, connectorId }
  const written = endpoints.map((endpoint) => ({ ...endpoint, id: newId() }))
  const keys = known ?? (await takenKeys(tx, connectorId, endpoints))
  for (let start = 0; start < written.length; start += atOnce) {
    const some = written.slice(start, start + atOnce)
    await tx.endpoint.createMany({
      data: some.map((endpoint) => ({
        ...columnsOf({ ...endpointDefaults, ...endpoint }),
        ...owner,
        id: endpoint.id,
        key: keys.takeFree(endpoint.key ?? slugify(endpoint.name)),
        requestSchema: endpoint.requestSchema ?? null,
        responseSchema: endpoint.responseSchema ?? null,
        updatedById: userIdOf(actor),
      })),
    })
    await tx.variable.createMany({
      data: some.flatMap(({ id, variables = [] }) =>
        variables.map((row, position) => ({ ...row, ...owner, endpointId: id, level: 'endpoint' as const, position })),
      ),
    })
    await tx.parameter.createMany({
      data: some.flatMap(({ id, parameters = [] }) =>
        parameters.map((row, position) => ({ ...row, ...owner, endpointId: id, position })),
      ),
    })
  }
  return written.map(({ id }) => id)
}

/** The fields as columns of the table. */
export function columnsOf(endpoint: EndpointFields) {
  const fields = endpointFieldsOf(endpoint)
  return {
    ...fields,
    foldedName: foldName(fields.name),
    pagination: fields.pagination as Prisma.InputJsonObject,
  }
}

async function takenKeys(
  tx: WorkspaceTransaction,
  connectorId: string,
  endpoints: readonly NewEndpoint[],
): Promise<FreeNames> {
  await lockUntilCommit(tx, `endpoint keys:${connectorId}`)
  const [only] = endpoints
  const similar = endpoints.length === 1 && only ? { startsWith: only.key ?? slugify(only.name) } : undefined
  const taken = await tx.endpoint.findMany({ where: { connectorId, key: similar }, select: { key: true } })
  return freeKeys(taken.map(({ key }) => key))
}

/** "orders" becomes "Orders" if that group exists already, so that there are not two. */
export async function existingSpelling(
  tx: WorkspaceTransaction,
  connectorId: string,
  entityType: string,
): Promise<string> {
  const same = await tx.endpoint.findFirst({
    where: { connectorId, entityType: { equals: likeLiteral(entityType), mode: 'insensitive' } },
    orderBy: { createdAt: 'asc' },
    select: { entityType: true },
  })
  return same?.entityType ?? entityType
}

/** Returns a taken name as a refusal, so that the person can change it. */
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
