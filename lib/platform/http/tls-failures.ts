/** Explains TLS errors of OpenSSL and Node, and how to fix them. */

const unknownAuthority = (host: string) =>
  `The certificate of ${host} is signed by an unknown authority. If it is a private authority, upload its certificate as the private CA of the instance. Otherwise the server does not send an intermediate certificate that it should send.`

const byCode: Record<string, (host: string) => string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: (host) =>
    `The certificate of ${host} is self-signed. Verification cannot be switched off; upload the certificate of a private CA that signs it on the instance's Certificates tab.`,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_UNTRUSTED: unknownAuthority,
  CERT_HAS_EXPIRED: (host) =>
    `The certificate of ${host}, or one in its chain, has expired. The operator of the server must renew it.`,
  CERT_NOT_YET_VALID: (host) =>
    `The certificate of ${host} is not valid yet. Check the clock of this server and of ${host}.`,
  CERT_REVOKED: (host) => `The certificate of ${host} has been revoked. The operator of the server must replace it.`,
  CERT_SIGNATURE_FAILURE: (host) =>
    `The signature of the certificate of ${host} is invalid: it was not issued by the authority that it names. The operator of the server must replace it.`,
  INVALID_CA: (host) =>
    `The certificate of ${host} was signed by a certificate that may not sign others. The operator of the server must replace it.`,
  INVALID_PURPOSE: (host) =>
    `The certificate of ${host} is not meant for a server. The operator of the server must replace it.`,
  HOSTNAME_MISMATCH: (host) => `The certificate is not for ${host}. Check the host name in the URL.`,
  CERT_CHAIN_TOO_LONG: (host) =>
    `The certificate chain of ${host} is too long. The operator of the server must shorten it.`,
  ERR_SSL_WRONG_VERSION_NUMBER: (host) =>
    `${host} does not speak TLS on this port. Check whether the URL should begin with http: or name another port.`,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: (host) =>
    `${host} does not speak TLS on this port. Check whether the URL should begin with http: or name another port.`,
  ERR_SSL_UNSUPPORTED_PROTOCOL: (host) => `${host} offers only outdated versions of TLS; 1.2 or newer is needed.`,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: (host) =>
    `${host} offers only outdated versions of TLS; 1.2 or newer is needed.`,
}

const clientCertificateWanted =
  /CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_(UNKNOWN|EXPIRED|REVOKED)|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED/

function namesOf(error: object): string {
  const names = 'cert' in error ? (error.cert as { subjectaltname?: string } | undefined)?.subjectaltname : undefined
  const hosts = (names ?? '')
    .split(', ')
    .map((name) => name.replace(/^(DNS|IP Address):/, ''))
    .filter(Boolean)
  return hosts.length === 0 ? 'another host' : hosts.slice(0, 5).join(', ').slice(0, 200)
}

/** The message for a TLS error; null for other errors. */
export function tlsFailureMessage(error: object, code: string, host: string): string | null {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `The certificate is not for ${host} but for ${namesOf(error)}. Check the host name in the URL.`
  }
  if (byCode[code]) return byCode[code](host)
  if (!/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO$|CERT_|UNABLE_TO_)/.test(code)) return null
  if (/ALERT_HANDSHAKE_FAILURE$/.test(code))
    return `${host} refused the TLS connection. It requires a client certificate (see the instance's Certificates tab), or supports no common cipher.`
  if (/ALERT/.test(code) && clientCertificateWanted.test(code)) {
    return `${host} refused the TLS connection (${code.replace(/^ERR_SSL_/, '').toLowerCase()}). It may require a client certificate: check the instance's Certificates tab.`
  }
  return `No secure connection to ${host} could be made (${code}). Check the port, and whether the server supports TLS 1.2 or newer.`
}
