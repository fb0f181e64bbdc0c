import { refuse } from '@/lib/domain/result'

export type CertificateField = 'pem' | 'keyPem' | 'pkcs12' | 'passphrase' | 'caPem'

/** Thrown while an upload is read: why it is refused, and the field at fault. */
export class CertificateFailure extends Error {
  override name = 'CertificateFailure'
  constructor(
    readonly field: CertificateField,
    message: string,
  ) {
    super(message)
  }

  refusal() {
    return refuse('invalid_certificate', this.message, this.field)
  }
}
