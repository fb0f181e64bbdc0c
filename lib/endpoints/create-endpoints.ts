import 'server-only'
import { z } from 'zod'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { several } from '@/lib/domain/history/compare-values'
import { foldName, nameSome } from '@/lib/domain/names'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { checkPathVariables } from '@/lib/domain/requests/endpoint-lines'
import { variableOfName } from '@/lib/domain/variables/variable-of-name'
import { operation } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { acceptMethods } from './accept-methods'
import { checkUrl } from './check-endpoint'
import { refuseHostVariables } from './refuse-host-variables'
import { createEndpointsSchema, type CreateEndpoints } from './schema'
import { refuseTakenName, existingSpelling, writeEndpoints } from './write-endpoints'

type NewEndpoints = CreateEndpoints['endpoints']

/**
 * Adds several endpoints, all or none. Each gets variables for the names in its path, unless the connector has a
 * variable with that key. All authentication methods are off, except those that the form turns on (rule R2).
 */
export const createEndpoints = operation({
  name: 'create_endpoints',
  permission: 'change',
  input: createEndpointsSchema,
  output: z.strictObject({
    created: z.int(),
    endpointIds: z.array(z.uuid()),
    pendingOrigins: z.array(z.string()),
  }),
  run: async ({ actor, db, transaction, audit }, { connectorId, entityType, methodIds, endpoints }) => {
    const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { name: true } })
    if (!connector) return notFound('connector')
    const checked = checkAll(endpoints)
    if (!checked.ok) return checked
    return refuseTakenName('', () =>
      transaction(async (tx) => {
        const free = await refuseTakenNames(tx, connectorId, endpoints)
        if (!free.ok) return free
        const group = await existingSpelling(tx, connectorId, entityType)
        const shared = await tx.variable.findMany({
          where: { connectorId, level: 'connector' },
          select: { key: true },
        })
        const sharedKeys = new Set(shared.map(({ key }) => key))
        const rows = endpoints.map(({ variables, ...endpoint }) => ({
          ...endpoint,
          entityType: group,
          variables: variables.filter((key) => !sharedKeys.has(key)).map(variableOfName),
        }))
        const keys = [...new Set(rows.flatMap(({ variables }) => variables.map(({ key }) => key)))]
        const allowed = await refuseHostVariables(tx, actor, connectorId, keys)
        if (!allowed.ok) return allowed
        const endpointIds = await writeEndpoints(tx, actor, connectorId, rows)
        const accepted = await acceptMethods(tx, actor, { connectorId, endpointIds, methodIds })
        if (!accepted.ok) return accepted
        const names = endpoints.map(({ name }) => name)
        const entry = {
          ...{ objectType: 'connector' as const, objectId: connectorId, objectName: connector.name },
          changes: [...several('endpoint', 'added', names), ...several('method', 'on', accepted.value)],
        }
        await audit(tx, entry, endpointIds)
        const { pending } = await syncConnectorOrigins(tx, actor, connectorId)
        return succeed({ created: endpointIds.length, endpointIds, pendingOrigins: pending })
      }),
    )
  },
})

function checkAll(endpoints: NewEndpoints): Result<null> {
  const names = new Set<string>()
  for (const [index, { name, url, variables }] of endpoints.entries()) {
    const keys = checkPathVariables(variables)
    if (!keys.ok) return refuse(keys.error.code, `${name}: ${keys.error.message}`, `endpoints.${index}.variables`)
    const checked = checkUrl(url)
    if (!checked.ok) return refuse(checked.error.code, `${name}: ${checked.error.message}`, `endpoints.${index}.url`)
    if (names.has(foldName(name)))
      return refuse('name_taken', `The name “${name}” is used twice. Choose another name.`, `endpoints.${index}.name`)
    names.add(foldName(name))
  }
  return succeed(null)
}

async function refuseTakenNames(
  tx: WorkspaceTransaction,
  connectorId: string,
  endpoints: NewEndpoints,
): Promise<Result<null>> {
  const taken = await tx.endpoint.findMany({
    where: { connectorId, foldedName: { in: endpoints.map(({ name }) => foldName(name)) } },
    select: { name: true },
    orderBy: { foldedName: 'asc' },
  })
  if (taken.length === 0) return succeed(null)
  const names = nameSome(
    taken.slice(0, 5).map(({ name }) => name),
    taken.length,
  )
  return refuse('name_taken', `This connector already has endpoints called ${names}. Choose other names.`)
}
