import 'server-only'
import { notFound, type Noun } from '@/lib/domain/refusals'
import type { Refusal } from '@/lib/domain/result'
import { Prisma } from './generated/client'

type Cause = { kind?: string; constraint?: { index?: string } }
type Meta = { modelName?: string; driverAdapterError?: { cause?: Cause } }

/** What a foreign key refers to, by the last of its columns, with which its name ends. */
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
}

/** What rows of a foreign key name (`Shape_workspaceId_connectorId_instanceId_fkey`); null for people, memberships and workspaces. */
export function nounReferredTo(foreignKey: string): Noun | null {
  return nounOf[/_([A-Za-z]+)_fkey$/.exec(foreignKey)?.[1] ?? ''] ?? null
}

/**
 * A write names a row that somebody deleted after it was checked: the refusal says what is gone. Null for every other
 * error.
 */
export function goneRefusal(error: unknown): { ok: false; error: Refusal } | null {
  const foreignKey = violatedKey(error)
  if (foreignKey === null || isStillUsed(error)) return null
  const noun = nounReferredTo(foreignKey)
  return noun && notFound(noun)
}

/** What a write beside every transaction answers; null where the row that it is about was deleted meanwhile. */
export async function unlessGone<Value>(write: PromiseLike<Value>): Promise<Value | null> {
  try {
    return await write
  } catch (error) {
    if (!goneRefusal(error)) throw error
    return null
  }
}

/**
 * A deletion met rows that somebody made to use the deleted one after it was checked. Its sentences are in the language
 * of the server, so they are not read: a write of another table than the key's is the deletion of what it refers to.
 */
export function isStillUsed(error: unknown): boolean {
  const foreignKey = violatedKey(error)
  if (foreignKey === null) return false
  const { modelName, driverAdapterError } = metaOf(error)
  // PostgreSQL 18 and later; before, both sides of a key end in the same error.
  if (driverAdapterError?.cause?.kind === 'RestrictViolation') return true
  return modelName !== undefined && !foreignKey.startsWith(`${modelName}_`)
}

/** The row that was to be changed or deleted was deleted after it was checked. */
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
