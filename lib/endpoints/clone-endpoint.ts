import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { z } from 'zod'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import type { Parameter, Prisma, Variable } from '@/lib/platform/db/generated/client'
import { endpointFieldsOf } from './fields'
import { cloneEndpointSchema } from './schema'
import { refuseTakenName, writeEndpoints } from './write-endpoints'

/**
 * Copies fields, parameters and variables. Enablement is not copied: every method is off for the new endpoint (rule
 * R2).
 */
export const cloneEndpoint = operation({
  name: 'clone_endpoint',
  permission: 'change',
  input: cloneEndpointSchema,
  output: z.strictObject({ id: z.uuid(), connectorId: z.uuid() }),
  run: ({ actor, transaction, audit }, { endpointId, name }) =>
    refuseTakenName(name, () =>
      transaction(async (tx) => {
        const original = await tx.endpoint.findFirst({
          where: { id: endpointId },
          include: { parameters: { orderBy: { position: 'asc' } }, variables: { orderBy: { position: 'asc' } } },
        })
        if (!original) return notFound('endpoint')
        const { connectorId } = original
        const copy = {
          ...endpointFieldsOf(original),
          name,
          requestSchema: original.requestSchema,
          responseSchema: original.responseSchema,
          variables: original.variables.map(copyOfVariable),
          parameters: original.parameters.map(copyOfParameter),
        }
        const [id = ''] = await writeEndpoints(tx, actor, connectorId, [copy])
        await audit(tx, {
          objectType: 'endpoint',
          objectId: id,
          objectName: name,
          partOfId: connectorId,
          changes: fact('copyOf', original.name),
        })
        await syncConnectorOrigins(tx, actor, connectorId)
        return succeed({ id, connectorId })
      }),
    ),
})

function copyOfVariable({ id: _, options, ...variable }: Variable) {
  return { ...variable, options: options as Prisma.InputJsonArray }
}

function copyOfParameter({ id: _, ...parameter }: Parameter) {
  return parameter
}
