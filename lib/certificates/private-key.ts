import { createPrivateKey, type KeyObject } from 'node:crypto'
import forge from 'node-forge'
import { CertificateFailure, type CertificateField } from './certificate-failure'

function isEncrypted(pem: string): boolean {
  return pem.includes('ENCRYPTED PRIVATE KEY') || /Proc-Type:.*ENCRYPTED/.test(pem)
}

/** Old keys are encrypted with DES, which OpenSSL 3 no longer supports. */
function decryptedByForge(pem: string, passphrase: string): KeyObject | null {
  try {
    const key = forge.pki.decryptRsaPrivateKey(pem, passphrase)
    return key && createPrivateKey(forge.pki.privateKeyToPem(key))
  } catch {
    return null
  }
}

function decrypted(pem: string, passphrase: string): KeyObject {
  try {
    return createPrivateKey({ key: pem, passphrase })
  } catch {
    const key = decryptedByForge(pem, passphrase)
    if (key) return key
    throw new CertificateFailure('passphrase', 'The passphrase for the private key is wrong.')
  }
}

/** Reads a private key, decrypting it if necessary. */
export function readPrivateKey(pem: string, passphrase: string, field: CertificateField): KeyObject {
  if (isEncrypted(pem)) {
    if (passphrase === '')
      throw new CertificateFailure('passphrase', 'The private key is encrypted. Enter its passphrase.')
    return decrypted(pem, passphrase)
  }
  try {
    return createPrivateKey(pem)
  } catch {
    throw new CertificateFailure(field, 'The private key is damaged, or is of a kind that cannot be used for TLS.')
  }
}
