import 'server-only'
import { several } from '@/lib/domain/history/compare-values'
import type { FieldChange } from '@/lib/domain/history/field-change'
import { notFound } from '@/lib/domain/refusals'
import { recordAudit } from '@/lib/platform/audit/record'
import type { MethodPlan } from '@/lib/authentication-methods/plan-method'
import { methodFieldsOf } from '@/lib/authentication-methods/fields'
import { methodChanges, type ComparedMethod } from '@/lib/authentication-methods/method-changes'
import { storedFields } from '@/lib/authentication-methods/stored-fields'
import type { SaveMethod } from '@/lib/authentication-methods/schema'
import { writeUses } from '@/lib/authentication-methods/replace-parts'
import { rewriteMethod } from '@/lib/authentication-methods/write-method'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { AuthenticationMethod } from '@/lib/platform/db/generated/client'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import type { Actor } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { compareVariables, type VariableComparison } from './compare-variables'
import { planOfText } from './plan-of-text'
import { withStoredIds } from './with-stored-ids'
import { checkSecretsStay, hostChangesOf, hostQuestions, replaceVariables } from './replace-variables'
import { type ReplaceMethod, replaceMethodSchema } from './document-schema'
import { operation } from '@/lib/operations/operation'
import { replacedMethod } from './document-views'

/**
 * Replaces a method's definition by a document. Its endpoints, instances and their values stay; values are matched by
 * the variables' keys. Checks the revision (rule R12) and the same rules as the forms.
 */
export const replaceMethod = operation({
  name: 'replace_method',
  permission: 'change',
  input: replaceMethodSchema,
  output: replacedMethod,
  run: async ({ actor, transaction }, { document, ...input }) => {
    const plan = planOfText(document)
    if (!plan.ok) return plan
    try {
      return await transaction(async (tx) => {
        const replaced = await replaceBy(tx, actor, input, plan.value)
        if (!replaced.ok) return replaced
        const { keptIds: _keptIds, ...value } = replaced.value
        return succeed(value)
      })
    } catch (error) {
      if (!uniqueViolation(error)) throw error
      return refuse(
        'name_taken',
        `This connector already has another authentication method called “${plan.value.name}”. Change the name in the document.`,
        'document',
      )
    }
  },
})

/**
 * Replaces a method's definition by a planned one, in the caller's transaction.
 * @returns `keptIds` too: the variables that are not in the plan but stay, because they are locked or have values
 */
export async function replaceBy(
  tx: WorkspaceTransaction,
  actor: Actor,
  input: Omit<ReplaceMethod, 'document'>,
  plan: MethodPlan,
): Promise<Result<Replaced & { keptIds: string[] }>> {
  const method = await lockMethod(tx, actor, input)
  if (!method) return notFound('authentication_method')
  if (method.revision !== input.revision) return changedBySomeoneElse(`“${method.name}”`, method, tx)
  if (method.type !== plan.type) return otherType(method, plan)
  const variables = await compareVariables(tx, method.id, plan)
  const secrets = await checkSecretsStay(tx, variables)
  if (!secrets.ok) return secrets
  // Checked before and after the change, because a variable may be part of a host in either.
  const changes = await hostChangesOf(tx, method.id, variables, plan.uses)
  const before = await hostQuestions(tx, actor, method, changes)
  if (!before.ok) return before
  const earlier = await comparedMethod(tx, method)
  const written = await write(tx, actor, method, plan, variables)
  if (!written.ok) return written
  const after = await hostQuestions(tx, actor, method, changes)
  if (!after.ok) return after
  const questions = [...new Set([...before.value, ...after.value])]
  if (questions.length > 0 && !input.confirmed) return refuse('confirmation_needed', questions.join('\n'))
  const changed = methodChanges(earlier, { ...plan, fields: methodFieldsOf(plan), parameters: written.value })
  await auditReplaced(tx, actor, method, plan, { changed, variables })
  const { pending } = await syncConnectorOrigins(tx, actor, method.connectorId)
  return succeed({
    id: method.id,
    connectorId: method.connectorId,
    revision: method.revision + 1,
    kept: variables.kept.map(({ displayName }) => displayName),
    keptIds: variables.kept.map(({ id }) => id),
    pendingOrigins: pending,
  })
}

/**
 * Locks the method after its variables, in the same order as other changes do. New values of the variables wait for
 * this lock.
 */
async function lockMethod(
  tx: WorkspaceTransaction,
  { workspaceId }: Actor,
  { connectorId, methodId }: Omit<ReplaceMethod, 'document'>,
): Promise<AuthenticationMethod | null> {
  await tx.$queryRaw`SELECT 1 FROM "Variable" WHERE "workspaceId" = ${workspaceId}::uuid AND "methodId" = ${methodId}::uuid ORDER BY "id" FOR UPDATE`
  await tx.$queryRaw`SELECT 1 FROM "AuthenticationMethod" WHERE "workspaceId" = ${workspaceId}::uuid AND "id" = ${methodId}::uuid FOR UPDATE`
  return tx.authenticationMethod.findFirst({ where: { id: methodId, connectorId } })
}

function otherType(method: AuthenticationMethod, plan: MethodPlan) {
  const [own, other] = [authenticationTypes[method.type], authenticationTypes[plan.type]]
  return refuse(
    'invalid_input',
    `“${method.name}” has the type ${own}, but the document has the type ${other}, and a method’s type cannot change. Import the document as a new method.`,
    'document',
  )
}

async function write(
  tx: WorkspaceTransaction,
  actor: Actor,
  method: AuthenticationMethod,
  plan: MethodPlan,
  variables: VariableComparison,
): Promise<Result<SaveMethod['parameters']>> {
  await replaceVariables(tx, method, plan, variables)
  const { id: methodId, workspaceId, connectorId } = method
  await tx.variableUse.deleteMany({ where: { methodId } })
  await writeUses(tx, { workspaceId, connectorId, methodId }, plan.uses)
  const parameters = await withIds(tx, methodId, plan.parameters)
  const rewritten = await rewriteMethod(tx, actor, method, method.revision, { ...plan, parameters })
  return rewritten.ok ? succeed(parameters) : rewritten
}

async function comparedMethod(tx: WorkspaceTransaction, method: AuthenticationMethod): Promise<ComparedMethod> {
  const where = { methodId: method.id }
  return {
    fields: storedFields(method),
    phases: await tx.authenticationPhase.findMany({ where }),
    parameters: await tx.parameter.findMany({ where, orderBy: { position: 'asc' } }),
  }
}

/** A parameter with the same location and key keeps its id. */
async function withIds(tx: WorkspaceTransaction, methodId: string, parameters: MethodPlan['parameters']) {
  const stored = await tx.parameter.findMany({
    where: { methodId },
    select: { id: true, place: true, key: true },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  })
  return withStoredIds(parameters, stored)
}

function auditReplaced(
  tx: WorkspaceTransaction,
  actor: Actor,
  method: AuthenticationMethod,
  plan: MethodPlan,
  { changed, variables: { added, removed, kept } }: { changed: FieldChange[]; variables: VariableComparison },
) {
  const keysOf = (variables: readonly { key: string }[]) => variables.map(({ key }) => key)
  return recordAudit(tx, actor, {
    ...{ action: 'replace_method', objectType: 'authentication_method', objectId: method.id, objectName: plan.name },
    partOfId: method.connectorId,
    changes: [
      ...changed,
      ...several('variable', 'added', keysOf(added)),
      ...several('variable', 'removed', keysOf(removed)),
      ...several('variableStays', 'changed', keysOf(kept)),
    ],
  })
}

export type Replaced = { id: string; connectorId: string; revision: number; kept: string[]; pendingOrigins: string[] }
