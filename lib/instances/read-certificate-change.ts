import 'server-only'
import { readCertificate } from '@/lib/certificates/read-certificate'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { CertificateChange } from '@/lib/credentials/instance-settings'
import type { CertificateInput } from './schema'

/** Reads and checks an upload before anything is stored or sent. A refusal names the field of the form. */
export function readCertificateChange(input: CertificateInput, now: Date): Result<CertificateChange> {
  if (input.kind !== 'replace') return succeed(input)
  const { kind, ...upload } = input
  const read = readCertificate(upload, now)
  if (!read.ok) return refuse(read.error.code, read.error.message, `certificate.${read.error.field ?? 'pem'}`)
  const { validFrom, validTo, ...certificate } = read.value
  return succeed({
    kind,
    ...certificate,
    validFrom: validFrom?.toISOString() ?? null,
    validTo: validTo?.toISOString() ?? null,
  })
}
