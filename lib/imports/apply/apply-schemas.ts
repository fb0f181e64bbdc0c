import 'server-only'
import { succeed, type Result } from '@/lib/domain/result'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { writeSchemas } from '../write-connector'
import type { Applying } from './applying'

export async function applySchemas({ context, tx, target, changesOf }: Applying): Promise<Result<null>> {
  const { id: connectorId, plan } = target
  const schemaOf = new Map(plan.schemas)
  const changes = changesOf('schema').filter(({ after }) => after !== null)
  const added = changes.filter(({ before }) => before === null)
  await writeSchemas(
    tx,
    { workspaceId: context.workspaceId, connectorId },
    added.map(({ key }) => [key, schemaOf.get(key)]),
  )
  for (const { key, before } of changes)
    if (before !== null)
      await tx.connectorSchema.updateMany({
        where: { connectorId, name: key },
        data: { schema: schemaOf.get(key) as Prisma.InputJsonValue },
      })
  return succeed(null)
}

/** Endpoints that are not in the document may still have a schema that is removed; they lose it. */
export async function deleteSchemas({ tx, target, changesOf }: Applying): Promise<Result<null>> {
  const { id: connectorId } = target
  const names = changesOf('schema').flatMap(({ key, after }) => (after === null ? [key] : []))
  if (names.length === 0) return succeed(null)
  const those = { in: names }
  await tx.endpoint.updateMany({ where: { connectorId, requestSchema: those }, data: { requestSchema: null } })
  await tx.endpoint.updateMany({ where: { connectorId, responseSchema: those }, data: { responseSchema: null } })
  await tx.connectorSchema.deleteMany({ where: { connectorId, name: those } })
  return succeed(null)
}
