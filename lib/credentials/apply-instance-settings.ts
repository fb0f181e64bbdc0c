import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { recordAudit } from '@/lib/platform/audit/record'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { InstanceSettings } from './instance-settings'
import { storeCertificate } from './store-certificate'
import { storeInstanceValues } from './store-instance-values'

const details = ['name', 'timeZone', 'dateFormat', 'rateLimitAmount', 'rateLimitUnit', 'maxConcurrent'] as const

type Applied = { id: string; name: string; revision: number }

/**
 * The one way in which an instance's settings change: a plain save and a finished authorisation both end here.
 * The caller rolls its transaction back when this refuses.
 * @param baseRevision the revision that the person's form began with (rule R12)
 */
export async function applyInstanceSettings(
  tx: WorkspaceTransaction,
  actor: Actor,
  { instanceId, baseRevision }: { instanceId: string; baseRevision: number },
  settings: InstanceSettings,
): Promise<Result<Applied>> {
  const before = await tx.instance.findFirst({ where: { id: instanceId } })
  if (!before) return notFound('instance')
  const saved = await saveDetails(tx, actor, { id: instanceId, revision: baseRevision }, settings)
  if (!saved.ok) return saved
  if (saved.value === 0) return changedBySomeoneElse(`“${before.name}”`, before, tx)
  const values = await storeInstanceValues(tx, actor, before, settings.values)
  if (!values.ok) return values
  const certificate = await storeCertificate(tx, actor, instanceId, settings.certificate)
  const changed = details
    .filter((field) => before[field] !== settings[field])
    .map((field) => [field, { from: before[field], to: settings[field] }])
  await recordAudit(tx, actor, {
    action: 'update_instance',
    objectType: 'instance',
    objectId: instanceId,
    objectName: settings.name,
    changes: {
      ...Object.fromEntries(changed),
      values: values.value,
      ...(certificate && { certificate }),
    } as Prisma.InputJsonObject,
  })
  return succeed({ id: instanceId, name: settings.name, revision: baseRevision + 1 })
}

async function saveDetails(
  tx: WorkspaceTransaction,
  actor: Actor,
  where: { id: string; revision: number },
  settings: InstanceSettings,
): Promise<Result<number>> {
  const { name, timeZone, dateFormat, rateLimitAmount, rateLimitUnit, maxConcurrent } = settings
  const data = { name, foldedName: foldName(name), timeZone, dateFormat, rateLimitAmount, rateLimitUnit, maxConcurrent }
  try {
    const { count } = await tx.instance.updateMany({
      where,
      data: { ...data, revision: { increment: 1 }, updatedAt: new Date(), updatedById: userIdOf(actor) },
    })
    return succeed(count)
  } catch (error) {
    if (uniqueViolation(error) === null) throw error
    return refuse('name_taken', `Another instance of this workspace is called “${name}”. Choose another name.`, 'name')
  }
}
