import { isStaged, keepCertificate, type CertificateDraft } from '@/components/instances/certificate-draft'
import { allFields } from '@/components/instances/credentials-draft'
import type { DetailsDraft } from '@/components/instances/details-draft'
import { instanceDraft, type InstanceDraft } from '@/components/instances/instance-draft'
import type { InstanceDetail } from '@/lib/instances/views'

/**
 * Instance settings in the form in which two versions are compared: every field by its name; for a secret, only whether
 * it was replaced (rule R10).
 */
export type InstanceParts = DetailsDraft & {
  values: Record<string, StoredOrTyped>
  certificate: { isWhole: true } & (
    { stored: string | null } | { staged: CertificateDraft } | { waiting: 'replace' | 'remove' }
  )
}
type StoredOrTyped = string | SecretPart
/** `setAt` belongs to the stored secret. What is typed or pending is never shown. */
type SecretPart = { isWhole: true; setAt: string | null; typed?: string; waiting?: true }

/** What two versions differ in. */
export type VersionedInstance = Pick<InstanceDetail, 'details' | 'inherited' | 'fields'> & {
  certificate: { fingerprint: string } | null
}

export function instanceParts(
  instance: VersionedInstance,
  draft: InstanceDraft = instanceDraft(instance),
): InstanceParts {
  const { waiting } = draft
  const values = allFields(instance.fields)
    .filter(({ filled }) => !filled)
    .map(({ variable: { id, secret }, value, setAt }): [string, StoredOrTyped] => {
      const typed = draft.typed[id]
      if (!secret) return [id, typed ?? value]
      if (typed !== undefined) return [id, { isWhole: true, setAt, typed }]
      return [id, { isWhole: true, setAt, ...(waiting.values.includes(id) && { waiting: true }) }]
    })
  return {
    ...draft.details,
    values: Object.fromEntries(values),
    certificate: certificatePart(instance, draft),
  }
}

function certificatePart(instance: VersionedInstance, draft: InstanceDraft): InstanceParts['certificate'] {
  if (isStaged(draft.certificate)) return { isWhole: true, staged: draft.certificate }
  const { certificate: waiting } = draft.waiting
  return waiting === null
    ? { isWhole: true, stored: instance.certificate?.fingerprint ?? null }
    : { isWhole: true, waiting }
}

/** @param instance what is stored now; parts that are equal to it count as unchanged */
export function draftOfParts(instance: InstanceDetail, parts: InstanceParts): InstanceDraft {
  const { values, certificate, ...details } = parts
  const stored = instanceParts(instance).values
  const typed = Object.entries(values).flatMap(([id, value]): [string, string][] => {
    if (typeof value !== 'string') return value.typed === undefined ? [] : [[id, value.typed]]
    return value === stored[id] ? [] : [[id, value]]
  })
  return {
    details,
    typed: Object.fromEntries(typed),
    certificate: 'staged' in certificate ? certificate.staged : keepCertificate,
    waiting: {
      values: Object.entries(values).flatMap(([id, value]) => (typeof value !== 'string' && value.waiting ? [id] : [])),
      certificate: 'waiting' in certificate ? certificate.waiting : null,
    },
  }
}

/** The text for a version of a secret or certificate. */
export function versionText(_path: readonly string[], value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if ('setAt' in value) return 'typed' in value || 'waiting' in value ? 'Replaced with what you typed' : 'Replaced'
  if ('waiting' in value) return value.waiting === 'remove' ? 'Removed' : 'Replaced with the certificate you chose'
  if ('staged' in value) {
    return (value.staged as CertificateDraft).kind === 'remove' ? 'Removed' : 'Replaced with the certificate you chose'
  }
  if ('stored' in value) return value.stored === null ? 'Removed' : `Fingerprint ${String(value.stored)}`
  return undefined
}
