import 'server-only'
import { addMethod } from '@/lib/authentication-methods/add-method'
import { removeMethod } from '@/lib/authentication-methods/delete-method'
import { succeed, type Result } from '@/lib/domain/result'
import { within } from '@/lib/operations/operation'
import { replaceBy } from '../replace-method'
import { about, type Applying } from './applying'

/** Adds and replaces methods. An existing one keeps its instances and their values. */
export async function applyMethods({ context, tx, target, confirmed, changesOf }: Applying): Promise<Result<null>> {
  const { id: connectorId, plan } = target
  for (const { key, name, before, after } of changesOf('method')) {
    if (after === null) continue
    const method = plan.methods.find((each) => each.key === key)!
    if (before === null) {
      const added = await addMethod(within(context, tx, 'create_method'), connectorId, method)
      if (!added.ok) return about('Method', name, added)
      continue
    }
    const stored = await tx.authenticationMethod.findFirstOrThrow({
      where: { connectorId, key },
      select: { id: true, revision: true },
    })
    const based = { connectorId, methodId: stored.id, revision: stored.revision, confirmed }
    const replaced = await replaceBy(tx, context.actor, based, method)
    if (!replaced.ok) return about('Method', name, replaced)
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
