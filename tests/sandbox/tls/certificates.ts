import { existsSync, readFileSync } from 'node:fs'
import forge from 'node-forge'
import { known } from '../known'
import { replaceJson } from '../replace-json'

/** PEM texts and PKCS#12 files (base64) for the mutual-TLS server and its tests. */
export type TestCertificates = {
  /** The sandbox's own authority: signs its server and its clients. */
  caPem: string
  serverPem: string
  serverKeyPem: string
  clientPem: string
  clientKeyPem: string
  /** Certificate, key and authority, with the passphrase known.pkcs12Passphrase. */
  clientPkcs12Base64: string
  /** Matches no certificate here. */
  otherKeyPem: string
  expiredPem: string
  expiredKeyPem: string
  /** Signed by the right authority, expires in ten days. */
  soonPem: string
  soonKeyPem: string
  /** An authority that the sandbox does not trust, and a client certificate of it. */
  wrongCaPem: string
  wrongClientPem: string
  wrongClientKeyPem: string
}

type KeyPair = forge.pki.rsa.KeyPair
type Issued = { certificate: forge.pki.Certificate; keys: KeyPair }
type Wish = { name: string; from?: number; to?: number; issuer?: Issued; extensions: object[] }

const day = 86_400_000
const authorityExtensions = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
]
const clientExtensions = [{ name: 'extKeyUsage', clientAuth: true }]
const serverExtensions = [
  { name: 'extKeyUsage', serverAuth: true },
  {
    name: 'subjectAltName',
    altNames: [
      { type: 2, value: 'localhost' },
      { type: 7, ip: '127.0.0.1' },
      { type: 7, ip: '::1' },
    ],
  },
]

let serial = 1

function issue({ name, from = -1, to = 365, issuer, extensions }: Wish): Issued {
  const keys = forge.pki.rsa.generateKeyPair(2048)
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = keys.publicKey
  certificate.serialNumber = (serial++).toString(16).padStart(4, '0')
  certificate.validity.notBefore = new Date(Date.now() + from * day)
  certificate.validity.notAfter = new Date(Date.now() + to * day)
  const subject = [
    { name: 'commonName', value: name },
    { name: 'organizationName', value: 'Acme Commerce sandbox' },
  ]
  certificate.setSubject(subject)
  certificate.setIssuer(issuer ? issuer.certificate.subject.attributes : subject)
  certificate.setExtensions(extensions)
  certificate.sign(issuer?.keys.privateKey ?? keys.privateKey, forge.md.sha256.create())
  return { certificate, keys }
}

const certificatePem = ({ certificate }: Issued) => forge.pki.certificateToPem(certificate)
const keyPem = ({ keys }: { keys: KeyPair }) => forge.pki.privateKeyToPem(keys.privateKey)

function pkcs12({ certificate, keys }: Issued, authority: Issued): string {
  const file = forge.pkcs12.toPkcs12Asn1(
    keys.privateKey,
    [certificate, authority.certificate],
    known.pkcs12Passphrase,
    { algorithm: 'aes256' },
  )
  return forge.util.encode64(forge.asn1.toDer(file).getBytes())
}

function generate(): TestCertificates {
  const authority = issue({ name: 'Acme sandbox authority', to: 3650, extensions: authorityExtensions })
  const wrongAuthority = issue({ name: 'Another authority', to: 3650, extensions: authorityExtensions })
  const server = issue({ name: 'localhost', issuer: authority, extensions: serverExtensions })
  const client = issue({ name: 'acme-client', issuer: authority, extensions: clientExtensions })
  const expired = issue({ name: 'acme-expired', from: -60, to: -30, issuer: authority, extensions: clientExtensions })
  const soon = issue({ name: 'acme-soon', to: 10, issuer: authority, extensions: clientExtensions })
  const wrongClient = issue({ name: 'acme-client', issuer: wrongAuthority, extensions: clientExtensions })
  return {
    caPem: certificatePem(authority),
    serverPem: certificatePem(server),
    serverKeyPem: keyPem(server),
    clientPem: certificatePem(client),
    clientKeyPem: keyPem(client),
    clientPkcs12Base64: pkcs12(client, authority),
    otherKeyPem: keyPem({ keys: forge.pki.rsa.generateKeyPair(2048) }),
    expiredPem: certificatePem(expired),
    expiredKeyPem: keyPem(expired),
    soonPem: certificatePem(soon),
    soonKeyPem: keyPem(soon),
    wrongCaPem: certificatePem(wrongAuthority),
    wrongClientPem: certificatePem(wrongClient),
    wrongClientKeyPem: keyPem(wrongClient),
  }
}

let generated: TestCertificates | undefined

/** Created once per process: all sandboxes share one authority. */
export function testCertificates(): TestCertificates {
  return (generated ??= generate())
}

/**
 * Uses the certificates in this file, and creates it if it is missing, so that instances with them survive a restart.
 */
export function useCertificatesOf(file: string): void {
  if (existsSync(file)) generated = JSON.parse(readFileSync(file, 'utf8')) as TestCertificates
  else replaceJson(file, testCertificates())
}
