import 'server-only'
import type { ManagedBy, Repository } from '@/lib/connectors/managed-by'
import { fact, several } from '@/lib/domain/history/compare-values'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { Context } from '@/lib/operations/operation'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { connectorHash } from '../document-yaml'
import { readConnectorDocument } from '../read-connector-document'
import type { AppliedDocument, PartChangeView } from './views'

/** The end of applying a document, in a request as in a job. */

/** The connector is not what the change is based on. */
export function changedMeanwhile(name: string) {
  return refuse(
    'changed_by_someone_else',
    `“${name}” has changed since this document was read, so nothing was changed. Read its document again and merge the two.`,
    'expectedHash',
  )
}

type Changed = {
  id: string
  name: string
  /** What was changed, with names. */
  made: readonly Pick<PartChangeView, 'change' | 'kind' | 'name'>[]
  managedBy: Repository | null
}

export async function auditApplied(
  { audit }: Context,
  tx: WorkspaceTransaction,
  { id, name, made, managedBy }: Changed,
): Promise<void> {
  const namesOf = (kind: PartChangeView['kind'], change: PartChangeView['change']) =>
    made.filter((each) => each.kind === kind && each.change === change).map((each) => each.name)
  const kinds = ['method', 'endpoint', 'schema'] as const
  const words = ['added', 'changed', 'removed'] as const
  await audit(tx, {
    objectType: 'connector',
    objectId: id,
    objectName: name,
    changes: [
      ...kinds.flatMap((kind) => words.flatMap((word) => several(kind, word, namesOf(kind, word)))),
      ...(managedBy ? fact('repository', `${managedBy.repository}, ${managedBy.path}`) : []),
    ],
  })
}

/** Reads the document that the connector has now, and notes the repository. */
export async function finishApplying(
  { actor }: Context,
  tx: WorkspaceTransaction,
  applied: Pick<AppliedDocument, 'id' | 'created' | 'changes' | 'totals'>,
  managedBy: Repository | null,
): Promise<Result<AppliedDocument>> {
  const { id } = applied
  const parts = await readConnectorDocument(tx, id)
  if (!parts) return notFound('connector')
  const documentHash = await connectorHash(parts)
  if (managedBy) {
    const keyId = actor.kind === 'api_key' ? actor.keyId : null
    const noted: ManagedBy = { ...managedBy, documentHash, pushedAt: new Date().toISOString(), keyId }
    await tx.connector.updateMany({ where: { id }, data: { managedBy: noted } })
  }
  const pending = await tx.connectorOrigin.findMany({
    where: { connectorId: id, confirmedAt: null },
    select: { origin: true },
    orderBy: { createdAt: 'asc' },
  })
  const pendingOrigins = pending.map(({ origin }) => origin)
  return succeed({ ...applied, key: parts.key, documentHash, pendingOrigins })
}
