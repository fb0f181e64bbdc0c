import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { recordAudit } from '@/lib/platform/audit/record'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Actor } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { instanceChanges, instanceDetailsOf } from './instance-details'
import type { InstanceSettings } from './instance-settings'
import { certificateChange, storeCertificate } from './store-certificate'
import { storeInstanceValues } from './store-instance-values'
import { reviseInstance } from './write-instance'

type Applied = { id: string; name: string; revision: number }

/**
 * The only way to change an instance's settings, used by a plain save and by a finished authorisation. The caller rolls
 * back its transaction if this returns an error.
 * @param baseRevision the revision that the person's form was loaded with (rule R12)
 */
export async function applyInstanceSettings(
  tx: WorkspaceTransaction,
  actor: Actor,
  { instanceId, baseRevision }: { instanceId: string; baseRevision: number },
  settings: InstanceSettings,
): Promise<Result<Applied>> {
  const before = await tx.instance.findFirst({ where: { id: instanceId } })
  if (!before) return notFound('instance')
  const revised = await reviseInstance(tx, actor, { id: instanceId, revision: baseRevision }, settings)
  if (!revised.ok) return revised
  const values = await storeInstanceValues(tx, actor, before, settings.values)
  if (!values.ok) return values
  const certificate = await storeCertificate(tx, actor, instanceId, settings.certificate)
  await recordAudit(tx, actor, {
    action: 'update_instance',
    objectType: 'instance',
    objectId: instanceId,
    objectName: settings.name,
    changes: [
      ...instanceChanges(instanceDetailsOf(before), instanceDetailsOf(settings)),
      ...values.value,
      ...certificateChange(certificate),
    ],
  })
  return succeed({ id: instanceId, name: settings.name, revision: baseRevision + 1 })
}
