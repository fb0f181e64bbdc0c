import 'server-only'
import { notFound, type Noun } from '@/lib/domain/refusals'
import type { Refusal } from '@/lib/domain/result'
import { Prisma } from './generated/client'

type Cause = { kind?: string; constraint?: { index?: string } }
type Meta = { modelName?: string; driverAdapterError?: { cause?: Cause } }

/** The noun that a foreign key refers to, by its last column, with which its name ends. */
const nounOf: Readonly<Record<string, Noun>> = {
  connectorId: 'connector',
  methodId: 'authentication_method',
  endpointId: 'endpoint',
  variableId: 'variable',
  parameterId: 'parameter',
  instanceId: 'instance',
  flowId: 'flow',
  flowVersionId: 'flow',
  shapeId: 'shape',
  parentId: 'shape',
  keyId: 'api_key',
  linkId: 'authorisation_link',
  importId: 'import',
  updatesId: 'connector',
  requestSchema: 'connector',
  responseSchema: 'connector',
}

/**
 * The noun that a foreign key refers to (`Shape_workspaceId_connectorId_instanceId_fkey`: instance); null for people,
 * memberships and workspaces.
 */
export function nounReferredTo(foreignKey: string): Noun | null {
  return nounOf[/_([A-Za-z]+)_fkey$/.exec(foreignKey)?.[1] ?? ''] ?? null
}

/**
 * The refusal of a write that refers to a row deleted after it was checked; it names what is missing. Null for every
 * other error.
 */
export function goneRefusal(error: unknown): { ok: false; error: Refusal } | null {
  const foreignKey = violatedKey(error)
  if (foreignKey === null || isStillUsed(error)) return null
  const noun = nounReferredTo(foreignKey)
  return noun && notFound(noun)
}

/** The result of a write outside transactions; null if its row was deleted in the meantime. */
export async function unlessGone<Value>(write: PromiseLike<Value>): Promise<Value | null> {
  try {
    return await write
  } catch (error) {
    if (!goneRefusal(error)) throw error
    return null
  }
}

/**
 * Whether a deletion failed because the row came into use after it was checked. The messages of the database are in the
 * server's language, so they are not parsed: a write to another table than the key's is the deletion of the referenced
 * row.
 */
export function isStillUsed(error: unknown): boolean {
  const foreignKey = violatedKey(error)
  if (foreignKey === null) return false
  const { modelName, driverAdapterError } = metaOf(error)
  // PostgreSQL 18 and later; before, both sides of a key end in the same error.
  if (driverAdapterError?.cause?.kind === 'RestrictViolation') return true
  return modelName !== undefined && !foreignKey.startsWith(`${modelName}_`)
}

/** Whether the row to change or delete was deleted after it was checked. */
export function isRowGone(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2025'
}

function violatedKey(error: unknown): string | null {
  const { kind, constraint } = metaOf(error).driverAdapterError?.cause ?? {}
  if (kind !== 'ForeignKeyConstraintViolation' && kind !== 'RestrictViolation') return null
  return constraint?.index ?? ''
}

function metaOf(error: unknown): Meta {
  return error instanceof Prisma.PrismaClientKnownRequestError ? ((error.meta ?? {}) as Meta) : {}
}
