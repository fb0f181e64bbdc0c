import { refuse } from '@/lib/domain/result'

export type CertificateField = 'pem' | 'keyPem' | 'pkcs12' | 'passphrase' | 'caPem'

/** Why an upload is refused, for the field it concerns. Carries the reason out of the reading. */
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
