import 'server-only'
import { fact, typedFact } from '@/lib/domain/history/compare-values'
import type { InstanceDetails } from '@/lib/credentials/instance-details'
import type { CertificateChange, TypedValue } from '@/lib/credentials/instance-settings'
import { certificateChange, storeCertificate } from '@/lib/credentials/store-certificate'
import { storeInstanceValues } from '@/lib/credentials/store-instance-values'
import { addInstance } from '@/lib/credentials/write-instance'
import { succeed, type Result } from '@/lib/domain/result'
import type { Context } from '@/lib/operations/operation'
import { recordVerification } from '@/lib/verification/record-verification'
import type { VerificationReport } from '@/lib/verification/verification-report'

export type NewInstance = {
  connector: { id: string; name: string }
  method: { id: string; name: string }
  details: InstanceDetails
  /** Null: the instance and its values wait for its first authorisation. */
  stored: { values: TypedValue[]; certificate: CertificateChange; report: VerificationReport } | null
}

/**
 * Writes a new instance in one transaction: row, values, certificate, status, audit.
 * @returns its id
 */
export function insertInstance(
  { actor, transaction, audit }: Context,
  { connector, method, details, stored }: NewInstance,
): Promise<Result<string>> {
  return transaction(async (tx) => {
    const owners = { connectorId: connector.id, methodId: method.id }
    const added = await addInstance(tx, actor, { ...owners, details, awaiting: stored === null })
    if (!added.ok) return added
    const id = added.value
    const values = await storeInstanceValues(tx, actor, { id, ...owners }, stored?.values ?? [])
    if (!values.ok) return values
    const certificate = await storeCertificate(tx, actor, id, stored?.certificate ?? { kind: 'keep' })
    if (stored) await recordVerification(tx, actor, id, stored.report, 'save')
    await audit(tx, {
      action: 'create_instance',
      objectType: 'instance',
      objectId: id,
      objectName: details.name,
      changes: [
        ...fact('connector', connector.name),
        ...fact('method', method.name),
        ...typedFact('externalId', details.externalId),
        ...typedFact('labels', details.labels.join(', ')),
        ...values.value,
        ...certificateChange(certificate),
      ],
    })
    return succeed(id)
  })
}
