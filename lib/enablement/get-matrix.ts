import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { matrix } from './views'

type MatrixRow = {
  id: string
  name: string
  entityType: string
  httpMethod: HttpMethod
  url: string
  enabled: number[]
}

/**
 * All endpoints of a connector with the methods that each accepts. A method is given as its index among the
 * connector's, because transferring tens of thousands of ids takes longer than looking them up.
 */
export const getMatrix = operation({
  name: 'get_matrix',
  permission: 'see',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: matrix,
  run: async ({ actor, db }, { connectorId }) => {
    const connector = await db.connector.findFirst({
      where: { id: connectorId },
      select: {
        name: true,
        methods: { orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { id: true, name: true, type: true } },
      },
    })
    if (!connector) return notFound('connector')
    const methodIds = connector.methods.map((method) => method.id)
    const endpoints = await db.$queryRaw<MatrixRow[]>`
    SELECT e."id", e."name", e."entityType", e."httpMethod", e."url",
      array_remove(ARRAY(SELECT array_position(${methodIds}::uuid[], n."methodId") - 1 FROM "Enablement" n WHERE n."endpointId" = e."id"), NULL) AS "enabled"
    FROM "Endpoint" e
    WHERE e."connectorId" = ${connectorId}::uuid AND e."workspaceId" = ${actor.workspaceId}::uuid
    ORDER BY e."entityType", e."foldedName", e."id"`
    return succeed({ connectorId, connectorName: connector.name, methods: connector.methods, endpoints })
  },
})
