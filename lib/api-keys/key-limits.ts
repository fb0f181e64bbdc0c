import 'server-only'
import { several } from '@/lib/domain/history/compare-values'
import type { FieldChange } from '@/lib/domain/history/field-change'
import { notFound } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { CreateApiKey } from './schema'
import type { KeyLimit } from './views'

/** The connectors and instances to which a key is limited. */

type Db = WorkspaceDb | WorkspaceTransaction

const connectorName = { select: { name: true, versionLabel: true } } as const
const nameOf = ({ name, versionLabel }: { name: string; versionLabel: string }) =>
  [name, versionLabel].filter(Boolean).join(' ')

/** What the input names, with its names. Refused if something of it is not in the workspace. */
export async function findLimits(db: Db, limits: CreateApiKey['limits']): Promise<Result<KeyLimit[] | null>> {
  if (limits === null) return succeed(null)
  const { connectorIds, instanceIds } = limits
  const [connectors, instances] = await readObjects(db, { connectorIds, instanceIds })
  if (connectors.length < connectorIds.length) return notFound('connector', 'limits')
  if (instances.length < instanceIds.length) return notFound('instance', 'limits')
  return succeed([...connectors, ...instances])
}

/** What a key is limited to, connectors first, by name. */
export async function readLimits(db: Db, keyId: string): Promise<KeyLimit[]> {
  const rows = await db.apiKeyLimit.findMany({ where: { keyId } })
  const [connectors, instances] = await readObjects(db, {
    connectorIds: rows.flatMap(({ connectorId }) => connectorId ?? []),
    instanceIds: rows.flatMap(({ instanceId }) => instanceId ?? []),
  })
  return [...connectors, ...instances]
}

type Ids = { connectorIds: string[]; instanceIds: string[] }

async function readObjects(db: Db, { connectorIds, instanceIds }: Ids): Promise<[KeyLimit[], KeyLimit[]]> {
  const connectors = await db.connector.findMany({
    where: { id: { in: connectorIds } },
    orderBy: [{ foldedName: 'asc' }, { foldedVersion: 'asc' }],
    select: { id: true, ...connectorName.select },
  })
  const instances = await db.instance.findMany({
    where: { id: { in: instanceIds } },
    orderBy: [{ foldedName: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, connector: connectorName },
  })
  return [
    connectors.map((row) => ({ kind: 'connector', id: row.id, label: nameOf(row), detail: '' })),
    instances.map(({ id, name, connector }) => ({ kind: 'instance', id, label: name, detail: nameOf(connector) })),
  ]
}

/** Replaces the limits of a key. */
export async function writeLimits(
  tx: WorkspaceTransaction,
  key: { id: string; workspaceId: string },
  limits: readonly KeyLimit[] | null,
): Promise<void> {
  await tx.apiKeyLimit.deleteMany({ where: { keyId: key.id } })
  await tx.apiKeyLimit.createMany({
    data: (limits ?? []).map(({ kind, id }) => ({
      workspaceId: key.workspaceId,
      keyId: key.id,
      ...(kind === 'connector' ? { connectorId: id } : { instanceId: id }),
    })),
  })
}

/** For the audit log: which connectors and instances were added and removed. */
export function compareLimits(before: readonly KeyLimit[], after: readonly KeyLimit[]): FieldChange[] {
  const missing = (from: readonly KeyLimit[], to: readonly KeyLimit[], kind: KeyLimit['kind']) =>
    from.filter((one) => one.kind === kind && !to.some(({ id }) => id === one.id)).map(auditedName)
  return (['connector', 'instance'] as const).flatMap((kind) => [
    ...several(kind, 'added', missing(after, before, kind)),
    ...several(kind, 'removed', missing(before, after, kind)),
  ])
}

function auditedName({ label, detail }: KeyLimit): string {
  return detail === '' ? label : `${label} (${detail})`
}
