import type { CertificateInput } from '@/lib/instances/schema'

/** The certificate while it is edited: staged in the browser until the whole form is saved (rule R8). */
export type CertificateUpload = {
  kind: 'pem' | 'pkcs12'
  pem: string
  keyPem: string
  pkcs12Base64: string
  pkcs12Name: string
  passphrase: string
  caPem: string
}
export type CertificateDraft = { kind: 'keep' } | { kind: 'remove' } | { kind: 'replace'; upload: CertificateUpload }

export const keepCertificate: CertificateDraft = { kind: 'keep' }

export const emptyUpload: CertificateUpload = {
  kind: 'pem',
  pem: '',
  keyPem: '',
  pkcs12Base64: '',
  pkcs12Name: '',
  passphrase: '',
  caPem: '',
}

/** Only the fields of the chosen kind count. The others keep what was typed, in case the person switches back. */
function counted(upload: CertificateUpload): Omit<CertificateUpload, 'kind' | 'pkcs12Name'> {
  const { kind, pem, keyPem, pkcs12Base64, passphrase, caPem } = upload
  return kind === 'pem'
    ? { pem, keyPem, pkcs12Base64: '', passphrase, caPem }
    : { pem: '', keyPem: '', pkcs12Base64, passphrase, caPem }
}

/** An upload form that was opened and left empty changes nothing. */
export function isStaged(draft: CertificateDraft): boolean {
  if (draft.kind !== 'replace') return draft.kind === 'remove'
  return Object.values(counted(draft.upload)).some((text) => text.trim() !== '')
}

export function certificateInput(draft: CertificateDraft): CertificateInput {
  if (!isStaged(draft)) return { kind: 'keep' }
  return draft.kind === 'replace' ? { kind: 'replace', ...counted(draft.upload) } : { kind: draft.kind }
}
