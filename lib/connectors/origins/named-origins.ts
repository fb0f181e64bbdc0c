import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import { phaseDefinition, storedOptions } from '@/lib/platform/db/read-definition'
import { originsOf, type NamedOrigin } from '@/lib/domain/requests/origins'

/** The origins in the current definition of the connector; null if it does not exist. */
export async function readNamedOrigins(
  db: WorkspaceDb | WorkspaceTransaction,
  connectorId: string,
): Promise<NamedOrigin[] | null> {
  const connector = await db.connector.findFirst({
    where: { id: connectorId },
    select: { baseUrl: true, allowedHosts: true },
  })
  if (!connector) return null
  const methods = await db.authenticationMethod.findMany({
    where: { connectorId },
    select: { name: true, type: true, options: true, phases: { orderBy: [{ kind: 'asc' }, { step: 'asc' }] } },
    orderBy: { position: 'asc' },
  })
  // Most endpoints are relative to the base URL and have no origin of their own.
  const endpoints = await db.endpoint.findMany({
    where: { connectorId, NOT: [{ url: { startsWith: '/' } }, { url: '' }] },
    select: { name: true, url: true },
    orderBy: { foldedName: 'asc' },
  })
  return originsOf(
    connector,
    methods.map((method) => ({
      ...method,
      options: storedOptions(method),
      phases: method.phases.map(phaseDefinition),
    })),
    endpoints,
  )
}
