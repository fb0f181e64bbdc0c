import 'server-only'
import type { MethodPlan } from '@/lib/authentication-methods/plan-method'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Actor } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { isShown } from '@/lib/domain/variables/resolve-variables'
import { hostChangeQuestion, type HostChange } from '@/lib/variables/host-change'
import { unsealRefusal } from '@/lib/variables/rules'
import { sealPlainValues } from '@/lib/variables/seal-values'
import type { VariableComparison } from './compare-variables'

type Owner = { id: string; workspaceId: string; connectorId: string }

/** A secret with stored values cannot become readable (rule R10). */
export async function checkSecretsStay(
  tx: WorkspaceTransaction,
  { matched }: VariableComparison,
): Promise<Result<null>> {
  for (const { row, planned } of matched) {
    const stays = await unsealRefusal(tx, row, { ...planned, options: [...planned.options] })
    if (!stays.ok) return refuse(stays.error.code, stays.error.message, 'document')
  }
  return succeed(null)
}

/** The changes of variables by a replacement that may change hosts (DATA §6). */
export async function hostChangesOf(
  tx: WorkspaceTransaction,
  methodId: string,
  { added, matched, removed }: VariableComparison,
  uses: MethodPlan['uses'],
): Promise<HostChange[]> {
  const addedOrRemoved = [...added, ...removed].map(({ key }) => ({ keys: [key], variableId: null }))
  const changed = matched.flatMap(({ row, planned }): HostChange[] => {
    if (isShown(row) !== isShown(planned)) return [{ keys: [row.key], variableId: null }]
    return row.defaultValue === planned.defaultValue
      ? []
      : [{ keys: [row.key], variableId: isShown(row) ? row.id : null }]
  })
  return [...addedOrRemoved, ...changed, ...(await usesThatChange(tx, methodId, uses))]
}

/** Connector variables that are no longer hidden, or newly hidden. */
async function usesThatChange(
  tx: WorkspaceTransaction,
  methodId: string,
  uses: MethodPlan['uses'],
): Promise<HostChange[]> {
  const now = await tx.variableUse.findMany({ where: { methodId }, include: { variable: true } })
  const { connectorId } =
    (await tx.authenticationMethod.findFirst({ where: { id: methodId }, select: { connectorId: true } })) ?? {}
  const known = await tx.variable.findMany({ where: { connectorId, level: 'connector' } })
  return known
    .filter((variable) => {
      const before = now.find(({ variableId }) => variableId === variable.id) ?? variable
      return isShown(before) !== isShown(uses.find(({ key }) => key === variable.key) ?? variable)
    })
    .map(({ key }) => ({ keys: [key], variableId: null }))
}

/** The questions to confirm before credentials go to another host; an error if only an administrator may confirm. */
export async function hostQuestions(
  tx: WorkspaceTransaction,
  actor: Actor,
  method: Owner,
  changes: readonly HostChange[],
): Promise<Result<string[]>> {
  const owner = { level: 'method' as const, connectorId: method.connectorId, ownerId: method.id }
  const questions: string[] = []
  for (const change of changes) {
    const question = await hostChangeQuestion(tx, actor, owner, change)
    if (!question.ok) return question
    if (question.value !== null) questions.push(question.value)
  }
  return succeed(questions)
}

/** Writes the variables of the plan. Those that stay in addition come last. */
export async function replaceVariables(
  tx: WorkspaceTransaction,
  method: Owner,
  plan: MethodPlan,
  { added, matched, removed, kept }: VariableComparison,
): Promise<void> {
  const { id: methodId, workspaceId, connectorId } = method
  const positionOf = (key: string) => plan.variables.findIndex((planned) => planned.key === key)
  await tx.variable.deleteMany({ where: { methodId, id: { in: removed.map(({ id }) => id) } } })
  for (const { row, planned } of matched) {
    await tx.variable.update({
      where: { id: row.id },
      data: { ...planned, options: [...planned.options], position: positionOf(row.key) },
    })
    if (planned.secret && !row.secret) await sealPlainValues(tx, workspaceId, row.id)
  }
  for (const [index, { id }] of kept.entries())
    await tx.variable.update({ where: { id }, data: { position: plan.variables.length + index } })
  await tx.variable.createMany({
    data: added.map((variable) => ({
      ...variable,
      workspaceId,
      connectorId,
      methodId,
      level: 'method' as const,
      position: positionOf(variable.key),
    })),
  })
}
