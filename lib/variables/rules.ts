import 'server-only'
import type { Variable } from '@/lib/platform/db/generated/client'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Actor } from '@/lib/domain/access/actor'
import { nameSome } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { describeHolders, findHolders } from './holders'
import { hostChangeQuestion, type HostChange } from './host-change'
import type { MethodWithoutVariable } from './method-without-variable'
import type { VariableInput } from './schema'
import { templatesUsing } from './template-uses'
import type { VariableOwner } from './views'

/** Sealed values cannot become readable again (rule R10), so a variable stays secret as long as it has any. */
export async function unsealRefusal(
  tx: WorkspaceTransaction,
  current: Variable,
  input: VariableInput,
): Promise<Result<null>> {
  if (!current.secret || input.secret) return succeed(null)
  const holders = describeHolders(await findHolders(tx, current.id))
  if (holders === '') return succeed(null)
  return refuse(
    'in_use',
    `“${current.displayName}” must stay secret because it has values in ${holders}, and a saved secret is never shown again. Remove the variable and add a new one that is not secret.`,
    'secret',
  )
}

export async function renameQuestions(
  tx: WorkspaceTransaction,
  owner: VariableOwner,
  current: Variable,
  input: VariableInput,
): Promise<string[]> {
  if (current.key === input.key) return []
  const uses = await templatesUsing(tx, owner, current.key)
  if (uses.length === 0) return []
  return [
    `{{ ${current.key} }} is still used in ${nameSome(uses.slice(0, 5), uses.length)}. Requests from there fail until you change it to {{ ${input.key} }}. Existing values are not lost.`,
  ]
}

/** @param method the variable's method before and after the removal (rule R13); null if it does not change */
export async function deleteQuestions(
  tx: WorkspaceDb | WorkspaceTransaction,
  owner: VariableOwner,
  current: Variable,
  method: MethodWithoutVariable | null,
): Promise<string[]> {
  const holders = describeHolders(await findHolders(tx, current.id))
  const uses = await tx.variableUse.findMany({
    where: { variableId: current.id },
    select: { method: { select: { name: true } } },
  })
  const templates = await templatesUsing(tx, owner, current.key, method?.after)
  return [
    holders && `It has values in ${holders}. They are deleted too and cannot be restored.`,
    uses.length > 0 &&
      `It is used by the authentication method ${nameSome(
        uses.slice(0, 5).map((use) => use.method.name),
        uses.length,
      )}.`,
    templates.length > 0 &&
      `{{ ${current.key} }} is still used in ${nameSome(templates.slice(0, 5), templates.length)}. Requests from there fail until you remove it.`,
  ].filter((question): question is string => Boolean(question))
}

/**
 * Asks all questions at once, unless the change is confirmed. A refusal (a host that only an administrator may change)
 * cannot be confirmed.
 */
export async function askFirst(
  tx: WorkspaceTransaction,
  actor: Actor,
  owner: VariableOwner,
  asked: { questions: string[]; host: HostChange | null; confirmed: boolean },
): Promise<Result<null>> {
  const host = asked.host ? await hostChangeQuestion(tx, actor, owner, asked.host) : succeed(null)
  if (!host.ok) return host
  const questions = host.value ? [...asked.questions, host.value] : asked.questions
  if (questions.length === 0 || asked.confirmed) return succeed(null)
  return refuse('confirmation_needed', questions.join('\n'))
}
