import 'server-only'
import { addMethod, methodNameTaken } from '@/lib/authentication-methods/add-method'
import { removeMethod } from '@/lib/authentication-methods/delete-method'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { within } from '@/lib/operations/operation'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { removeVariable } from '@/lib/variables/delete-variable'
import type { ConnectorPlan } from '../plan-connector'
import { replaceBy } from '../replace-method'
import { about, type Applying } from './applying'

type MethodPlan = ConnectorPlan['methods'][number]

/** Adds and replaces methods. An existing one keeps its instances and their values. */
export async function applyMethods(applying: Applying): Promise<Result<null>> {
  const { context, tx, target, changesOf } = applying
  const { id: connectorId, plan } = target
  for (const { key, name, before, after } of changesOf('method')) {
    if (after === null) continue
    const method = plan.methods.find((each) => each.key === key)!
    const sound = await checkUses(applying, method)
    if (!sound.ok) return about('Method', name, sound)
    const written =
      before === null
        ? await addMethod(within(context, tx, 'create_method'), connectorId, method)
        : await replace(applying, method)
    if (!written.ok) return about('Method', name, written)
  }
  return succeed(null)
}

/** A variable that the connector does not have would be left out without a word. */
async function checkUses({ tx, target }: Applying, { uses }: MethodPlan): Promise<Result<null>> {
  if (uses.length === 0) return succeed(null)
  const known = await tx.variable.findMany({
    where: { connectorId: target.id, level: 'connector', key: { in: uses.map(({ key }) => key) } },
    select: { key: true },
  })
  const unknown = uses.find(({ key }) => !known.some((variable) => variable.key === key))
  return unknown ? refuse('invalid_input', `The connector has no variable “${unknown.key}”.`) : succeed(null)
}

async function replace({ context, tx, target, ask }: Applying, method: MethodPlan): Promise<Result<null>> {
  const connectorId = target.id
  const stored = await tx.authenticationMethod.findFirstOrThrow({
    where: { connectorId, key: method.key },
    select: { id: true, revision: true },
  })
  const based = { connectorId, methodId: stored.id, revision: stored.revision }
  try {
    const replaced = await ask(`Authentication method “${method.name}”`, (confirmed) =>
      replaceBy(tx, context.actor, { ...based, confirmed }, method),
    )
    if (!replaced.ok) return replaced
    return await removeKept({ context, tx, target, ask }, method.name, stored.id, replaced.value)
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    return methodNameTaken(method.name)
  }
}

/** What the document leaves out is removed, as everywhere in a part; values of it are asked about. */
async function removeKept(
  { context, tx, target, ask }: Pick<Applying, 'context' | 'tx' | 'target' | 'ask'>,
  name: string,
  methodId: string,
  { keptIds, revision: replaced }: { keptIds: readonly string[]; revision: number },
): Promise<Result<null>> {
  const owner = { level: 'method' as const, connectorId: target.id, ownerId: methodId }
  let revision = replaced
  for (const variableId of keptIds) {
    const step = within(context, tx, 'delete_variable')
    const removing = { owner, revision, variableId }
    const removed = await ask(`Authentication method “${name}”`, (confirmed) =>
      removeVariable(step, { ...removing, confirmed }),
    )
    if (!removed.ok) return removed
    revision = removed.value.revision
  }
  return succeed(null)
}

/** A method that instances use is refused (rule R11). */
export async function deleteMethods({ context, tx, target, changesOf }: Applying): Promise<Result<null>> {
  for (const { key, name, after } of changesOf('method')) {
    if (after !== null) continue
    const { id } = await tx.authenticationMethod.findFirstOrThrow({
      where: { connectorId: target.id, key },
      select: { id: true },
    })
    const deleted = await removeMethod(within(context, tx, 'delete_method'), { methodId: id, typedName: name })
    if (!deleted.ok) return about('Method', name, deleted)
  }
  return succeed(null)
}
