import { CertificateFailure, type CertificateField } from './certificate-failure'

/** The blocks of a PEM text (RFC 7468), in order. Any text between them is a comment. */

export type PemBlocks = { certificates: string[]; keys: string[] }

const block = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n?([\s\S]*?)-----END \1-----/g

const kinds: Record<string, 'certificate' | 'key' | 'ignored'> = {
  CERTIFICATE: 'certificate',
  'X509 CERTIFICATE': 'certificate',
  'TRUSTED CERTIFICATE': 'certificate',
  'PRIVATE KEY': 'key',
  'ENCRYPTED PRIVATE KEY': 'key',
  'RSA PRIVATE KEY': 'key',
  'EC PRIVATE KEY': 'key',
  'EC PARAMETERS': 'ignored',
  'DH PARAMETERS': 'ignored',
}

const mistaken: Record<string, string> = {
  'CERTIFICATE REQUEST': 'a signing request. Upload the certificate that the certificate authority issued for it',
  'NEW CERTIFICATE REQUEST': 'a signing request. Upload the certificate that the certificate authority issued for it',
  'PUBLIC KEY': 'a public key. Upload the certificate and its private key',
  'RSA PUBLIC KEY': 'a public key. Upload the certificate and its private key',
  'OPENSSH PRIVATE KEY': 'a key in the format of OpenSSH. Convert it with: ssh-keygen -p -m PEM -f <file>',
  PKCS7: 'a PKCS#7 bundle. Convert it with: openssl pkcs7 -print_certs -in <file>',
}

/** Removes blanks around lines, which editors and chats add. */
function tidied(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/^[ \t]+|[ \t]+$/gm, '')
}

export function pemBlocks(text: string, field: CertificateField): PemBlocks {
  const found: PemBlocks = { certificates: [], keys: [] }
  const blocks = [...tidied(text).matchAll(block)]
  if (blocks.length === 0) {
    throw new CertificateFailure(
      field,
      'This is not PEM text. It must contain a complete block: -----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----.',
    )
  }
  for (const [pem, label = ''] of blocks) {
    if (mistaken[label]) throw new CertificateFailure(field, `This is ${mistaken[label]}.`)
    const kind = kinds[label]
    if (!kind)
      throw new CertificateFailure(
        field,
        `This contains a block “${label.slice(0, 40)}”, which is neither a certificate nor a private key. Remove it.`,
      )
    if (kind === 'certificate') found.certificates.push(pem)
    if (kind === 'key') found.keys.push(pem)
  }
  return found
}
