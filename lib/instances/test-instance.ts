import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { verifyDraft } from '@/lib/verification/verify'
import { checkTypedValues } from './check-values'
import { loadFields } from './load-fields'
import { readCertificateChange } from './read-certificate-change'
import { operation } from '@/lib/operations/operation'
import { testInstanceSchema } from './schema'
import { verificationView } from './outcomes'

/** *Test instance connection*: tests the stored values, replaced by those in the form. Nothing is stored (rule R7). */
export const testInstance = operation({
  name: 'test_instance',
  permission: 'change',
  input: testInstanceSchema,
  output: verificationView,
  run: async ({ actor, db }, input) => {
    const row = await db.instance.findFirst({
      where: { id: input.instanceId },
      select: { id: true, methodId: true },
    })
    const fields = row && (await loadFields(actor.workspaceId, row.methodId))
    if (!row || !fields) return notFound('instance')
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
  },
})
