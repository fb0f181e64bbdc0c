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
import { placesNaming } from './template-uses'
import type { VariableOwner } from './views'

/** Sealed values cannot become readable again (rule R10): the secret flag stays for as long as there are any. */
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
    `“${current.displayName}” cannot stop being secret while ${holders} hold a value for it: a saved secret is never shown again. Remove the variable and add a new one that is not secret.`,
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
  const places = await placesNaming(tx, owner, current.key)
  if (places.length === 0) return []
  return [
    `{{ ${current.key} }} is still named in ${nameSome(places.slice(0, 5), places.length)}: requests built there fail until it is written {{ ${input.key} }}. Values already typed are kept.`,
  ]
}

/** @param method what its method becomes without it (rule R13); null where nothing else changes */
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
  const places = await placesNaming(tx, owner, current.key, method?.after)
  return [
    holders && `Values for it are held by ${holders}. They are deleted with it and cannot be brought back.`,
    uses.length > 0 &&
      `It is used by the authentication method ${nameSome(
        uses.slice(0, 5).map((use) => use.method.name),
        uses.length,
      )}.`,
    places.length > 0 &&
      `{{ ${current.key} }} is still named in ${nameSome(places.slice(0, 5), places.length)}: requests built there fail until it is taken out.`,
  ].filter((question): question is string => Boolean(question))
}

/**
 * Asks everything at once; a confirmed change is not asked again. A refusal (a host that only an administrator may
 * change) stays one.
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
