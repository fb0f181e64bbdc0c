import 'server-only'
import type { Context } from '@/lib/operations/operation'
import { recordAudit } from '@/lib/platform/audit/record'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Variable } from '@/lib/platform/db/generated/client'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import type { Actor } from '@/lib/domain/access/actor'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import type { FieldChange } from '@/lib/domain/history/field-change'
import { refuse, type Result } from '@/lib/domain/result'
import { validateVariableDefinition } from '@/lib/domain/variables/variable-rules'
import { ownerColumns } from './owner'
import type { VariableInput } from './schema'
import type { VariableOwner } from './views'

export type Changed = { variableId: string; revision: number }

export const gone = refuse('not_found', 'This variable does not exist, or no longer. Reload the page.')

/** Runs one change in one transaction; a key that is taken is said beside its field. */
export async function change<Value>(
  transaction: Context['transaction'],
  key: string,
  work: (tx: WorkspaceTransaction) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  try {
    return await transaction(work)
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    return refuse('name_taken', `There is already a variable with the key ${key} here. Choose another key.`, 'key')
  }
}

/**
 * What a variable may be; and a default that looks like a credential is offered as a secret variable instead (rule
 * R10).
 */
export function checkSound(variable: VariableInput, formerDefault: string): Result<unknown> {
  const valid = validateVariableDefinition(variable)
  if (!valid.ok || variable.defaultValue === formerDefault) return valid
  const literal = findLiteralSecret(variable.defaultValue, variable.key)
  if (!literal) return valid
  return refuse(
    'literal_secret',
    `This looks like ${literal.kind}, and everybody who may see the connector can read it here. Mark the variable as secret: each instance then keeps its own.`,
    'defaultValue',
  )
}

/**
 * Reads the definition and keeps new values for it out until the transaction ends: whoever writes a value holds a key
 * share lock on the variable through its foreign key, which waits for this one.
 */
export async function lockVariable(
  tx: WorkspaceTransaction,
  { workspaceId }: Actor,
  owner: VariableOwner,
  variableId: string,
): Promise<Variable | null> {
  await tx.$queryRaw`SELECT 1 FROM "Variable" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${variableId}::uuid FOR UPDATE`
  return tx.variable.findFirst({ where: { id: variableId, ...ownerColumns(owner) } })
}

export function auditVariable(
  tx: WorkspaceTransaction,
  actor: Actor,
  action: string,
  object: { id: string; displayName: string; partOfId?: string },
  changes: readonly FieldChange[],
) {
  return recordAudit(tx, actor, {
    action,
    objectType: 'variable',
    objectId: object.id,
    objectName: object.displayName,
    ...(object.partOfId !== undefined && { partOfId: object.partOfId }),
    changes,
  })
}
