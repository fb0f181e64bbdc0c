import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import type { Result } from '@/lib/domain/result'
import { verifyDraft } from '@/lib/verification/verify'
import type { VerificationReport } from '@/lib/verification/verification-report'
import { checkTypedValues } from './check-values'
import { loadFields } from './load-fields'
import { readCertificateChange } from './read-certificate-change'
import { instanceNotFound } from './refusals'
import type { TestInstance } from './schema'

/** *Test instance connection*: what is in the form over what is stored; nothing is stored (rule R7). */
export async function testInstance(actor: Actor, input: TestInstance): Promise<Result<VerificationReport>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  if (!isId(input.instanceId)) return instanceNotFound
  const row = await workspaceDb(actor.workspaceId).instance.findFirst({
    where: { id: input.instanceId },
    select: { id: true, methodId: true },
  })
  const fields = row && (await loadFields(actor.workspaceId, row.methodId))
  if (!row || !fields) return instanceNotFound
  const values = checkTypedValues(fields.all, input.values)
  if (!values.ok) return values
  const certificate = readCertificateChange(input.certificate, new Date())
  if (!certificate.ok) return certificate
  return verifyDraft(actor, {
    methodId: row.methodId,
    instanceId: row.id,
    values: values.value,
    certificate: certificate.value,
  })
}
