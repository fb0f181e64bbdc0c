import 'server-only'
import { seal } from '@/lib/platform/crypto/seal'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import type { FieldChange } from '@/lib/domain/history/field-change'
import type { CertificateChange } from './instance-settings'

export type CertificateStored = 'set' | 'replaced' | 'removed' | null

/** For the audit log. */
export function certificateChange(stored: CertificateStored): FieldChange[] {
  return stored === null ? [] : [{ field: 'certificate', how: stored }]
}

/** Stores, replaces or removes the certificate of an instance. Returns what happened, for the audit log. */
export async function storeCertificate(
  tx: WorkspaceTransaction,
  actor: Actor,
  instanceId: string,
  change: CertificateChange,
): Promise<CertificateStored> {
  if (change.kind === 'keep') return null
  const { count } = await tx.certificate.deleteMany({ where: { instanceId } })
  if (change.kind === 'remove') return count > 0 ? 'removed' : null
  const { certificatePem, keyPem, caPem, subject, issuer, fingerprint } = change
  const id = newId()
  const { workspaceId } = actor
  const sealedKey =
    keyPem === null ? null : seal(keyPem, { workspaceId, table: 'Certificate', rowId: id, field: 'sealedKey' })
  const validFrom = change.validFrom === null ? null : new Date(change.validFrom)
  const validTo = change.validTo === null ? null : new Date(change.validTo)
  await tx.certificate.create({
    data: {
      id,
      workspaceId,
      instanceId,
      certificatePem,
      sealedKey,
      caPem,
      subject,
      issuer,
      fingerprint,
      validFrom,
      validTo,
      uploadedById: userIdOf(actor),
    },
  })
  return count > 0 ? 'replaced' : 'set'
}
