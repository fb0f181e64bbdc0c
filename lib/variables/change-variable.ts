import 'server-only'
import type { Context } from '@/lib/operations/operation'
import { recordAudit, type AuditEntry } from '@/lib/platform/audit/record'
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

export const gone = refuse('not_found', 'This variable no longer exists. Reload the page.')

/** Runs one change in a transaction. A key that is already taken is an error on its field. */
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
 * Checks the definition. For a default that looks like a credential, the error offers a secret variable instead (rule
 * R10).
 */
export function checkSound(variable: VariableInput, formerDefault: string): Result<unknown> {
  const valid = validateVariableDefinition(variable)
  if (!valid.ok || variable.defaultValue === formerDefault) return valid
  const literal = findLiteralSecret(variable.defaultValue, variable.key)
  if (!literal) return valid
  return refuse(
    'literal_secret',
    `This looks like ${literal.kind}, and everyone who can see the connector can read it here. Mark the variable as secret and enter the value on each instance.`,
    'defaultValue',
  )
}

/**
 * Reads the definition and blocks new values for it until the transaction ends: writing a value takes a key share lock
 * on the variable through its foreign key, which waits for this lock.
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

type AuditedVariable = { id: string; displayName: string; partOfId?: string }

export function auditVariable(
  tx: WorkspaceTransaction,
  actor: Actor,
  action: string,
  object: AuditedVariable,
  changes: readonly FieldChange[],
) {
  return recordAudit(tx, actor, variableEntry(action, object, changes))
}

/** The line of the audit log about one variable. */
export function variableEntry(
  action: string,
  { id, displayName, partOfId }: AuditedVariable,
  changes: readonly FieldChange[],
): AuditEntry & { objectId: string } {
  return {
    action,
    objectType: 'variable',
    objectId: id,
    objectName: displayName,
    ...(partOfId !== undefined && { partOfId }),
    changes,
  }
}
