import 'server-only'
import { slugify } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import { connectorHash } from '../document-yaml'
import type { ConnectorPlan } from '../plan-connector'
import { readConnectorDocument, type ConnectorParts } from '../read-connector-document'
import { connectionDocument } from '../connection-format'
import { onlyConnectionDocument } from '../only-connection-document'
import { readSource } from '../read-source'
import { compareParts, partsOfConnector, partsOfPlan, type PartChange } from './document-parts'
import { withMadeVariables } from './made-variables'
import type { PartChangeView } from './views'

/** Reads a connection document of a connector; another document is refused. */
export async function readConnectionDocument(document: string): Promise<Result<ConnectorPlan>> {
  const source = await readSource(document, '')
  if (!source.ok) return source
  if (source.value.format === connectionDocument) return succeed(source.value.plan)
  return refuse('invalid_input', onlyConnectionDocument, 'document')
}

/** The key of the connector that a document describes. */
export function keyOf({ key, details }: ConnectorPlan): string {
  return key ?? slugify(details.name)
}

export type Target = {
  id: string
  key: string
  /** Of the connector's document. */
  documentHash: string
  /** The document's plan, completed with what the connector has from it. */
  plan: ConnectorPlan
  /** Methods of which it says which endpoints accept them. */
  methodKeys: readonly string[]
  changes: PartChange[]
}

/** The connector that a document describes, compared with it; null if it does not exist yet. */
export async function findTarget(db: WorkspaceDb | WorkspaceTransaction, plan: ConnectorPlan): Promise<Target | null> {
  const found = await db.connector.findFirst({ where: { key: keyOf(plan) }, select: { id: true, key: true } })
  const parts = found && (await readConnectorDocument(db, found.id))
  if (!found || !parts) return null
  const read = await collected(parts)
  const completed = withMadeVariables(plan, read.methods)
  const methodKeys = completed.methods.map((method) => method.key)
  return {
    ...found,
    documentHash: await connectorHash(read),
    plan: completed,
    methodKeys,
    changes: compareParts(await partsOfConnector(read, new Set(methodKeys)), partsOfPlan(completed, found.key)),
  }
}

/** Reads endpoints and schemas once, for the text and for the comparison. */
async function collected({ endpoints, schemas, ...parts }: ConnectorParts): Promise<ConnectorParts> {
  return { ...parts, endpoints: await Array.fromAsync(endpoints), schemas: await Array.fromAsync(schemas) }
}

/** @param removes whether what is not in the document is removed */
export function viewOf({ kind, key, name, before, after }: PartChange, removes: boolean): PartChangeView {
  const absent = removes ? 'removed' : 'left'
  return { change: before === null ? 'added' : after === null ? absent : 'changed', kind, key, name }
}
