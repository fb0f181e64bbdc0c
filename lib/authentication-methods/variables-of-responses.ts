import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { responseVariables } from '@/lib/domain/method-options/response-variables'
import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import { beginsWithVariable } from '@/lib/domain/urls/begins-with-variable'
import type { SaveMethod } from './schema'

type Owner = { id: string; workspaceId: string; connectorId: string }

/**
 * Creates the missing variables for the response values that a method stores. A variable at the start of a URL becomes
 * a URL variable, even if it was a text before (DATA §6).
 * @returns the keys of the new variables
 */
export async function addResponseVariables(
  tx: WorkspaceTransaction,
  method: Owner,
  options: Partial<MethodOptions>,
  phases: SaveMethod['phases'],
): Promise<string[]> {
  if (responseVariables({ options, phases }).length === 0) return []
  const { workspaceId, connectorId, id: methodId } = method
  const known = await tx.variable.findMany({
    where: { connectorId, OR: [{ level: 'connector' }, { level: 'method', methodId }] },
    select: { key: true, position: true },
  })
  const urls = await urlsOf(tx, method, options, phases)
  const kept = responseVariables({ options, phases }, (key) => urls.some((url) => beginsWithVariable(url, key)))
  const knownKeys = new Set(known.map(({ key }) => key))
  const made = kept.filter(({ key }) => !knownKeys.has(key))
  const last = Math.max(-1, ...known.map(({ position }) => position))
  const rows = made.map((variable, index) => ({
    ...variable,
    workspaceId,
    connectorId,
    methodId,
    level: 'method' as const,
    position: last + 1 + index,
  }))
  await tx.variable.createMany({ data: rows })
  const addresses = kept.filter(({ inputKind }) => inputKind === 'url').map(({ key }) => key)
  await tx.variable.updateMany({
    where: { connectorId, methodId, level: 'method', key: { in: addresses }, inputKind: 'text', configurable: false },
    data: { inputKind: 'url' },
  })
  return made.map(({ key }) => key)
}

/** Every URL that a request with this method may start with. */
async function urlsOf(
  tx: WorkspaceTransaction,
  { connectorId }: Owner,
  { baseUrl }: Partial<MethodOptions>,
  phases: SaveMethod['phases'],
): Promise<string[]> {
  const [connector, endpoints] = await Promise.all([
    tx.connector.findFirst({ where: { id: connectorId }, select: { baseUrl: true } }),
    tx.endpoint.findMany({ where: { connectorId, url: { startsWith: '{{' } }, select: { url: true } }),
  ])
  return [
    baseUrl ?? '',
    connector?.baseUrl ?? '',
    ...phases.map(({ url }) => url ?? ''),
    ...endpoints.map(({ url }) => url),
  ]
}
