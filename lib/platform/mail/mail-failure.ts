import 'server-only'
import type { NodemailerError } from 'nodemailer'
import type { MailStep } from './mail-steps'
import type { SmtpServer } from './smtp-url'

export type MailAddresses = { from: string; to: string }

/** Explains why a mail was not sent. Never repeats the library's own message, which contains the server's words. */
export function explainMailFailure(
  error: NodemailerError,
  server: SmtpServer,
  { from, to }: MailAddresses,
): { step: MailStep; reason: string } {
  const at = `${server.host.includes(':') ? `[${server.host}]` : server.host}:${server.port}`
  const step = stepOf(error)
  const reasons: Record<MailStep, () => string> = {
    connection: () => connectionReason(error, server, at),
    tls: () => tlsReason(error, server, at),
    log_in: () => `${at} refused the user name or the password in PATCHBAY_SMTP_URL.`,
    sender: () => `${at} refused the sender ${from} (PATCHBAY_MAIL_FROM).`,
    recipient: () => `${at} refused the recipient ${to}.`,
    message: () => `${at} refused the message.`,
  }
  return { step, reason: reasons[step]() }
}

function stepOf({ code, command, response, originalCode = '' }: NodemailerError): MailStep {
  if (code === 'ETLS' || isTlsCode(originalCode)) return 'tls'
  if (code === 'EAUTH') return 'log_in'
  if (code === 'EENVELOPE') return command === 'RCPT TO' ? 'recipient' : 'sender'
  return code === 'EMESSAGE' && response !== undefined ? 'message' : 'connection'
}

function isTlsCode(code: string): boolean {
  return /^(?:ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO$|CERT_|UNABLE_TO_)|_CERT|HOSTNAME_MISMATCH/.test(code)
}

const checkAddress = 'Check the host and the port in PATCHBAY_SMTP_URL.'

function connectionReason({ code, originalCode, response }: NodemailerError, { host }: SmtpServer, at: string): string {
  if (response !== undefined) return `${at} ended the conversation.`
  if (code === 'EDNS') return `The host ${host} was not found. ${checkAddress}`
  if (code === 'ETIMEDOUT' || code === 'EABORT' || originalCode === 'ETIMEDOUT')
    return `${at} did not respond in time. ${checkAddress} A firewall may also block the connection.`
  if (originalCode === 'ECONNREFUSED') return `${at} refused the connection. ${checkAddress}`
  return `The connection to ${at} failed${originalCode === undefined ? '' : ` (${originalCode})`}. ${checkAddress}`
}

function tlsReason(
  { originalCode = '', command, response }: NodemailerError,
  { host, secure }: SmtpServer,
  at: string,
): string {
  if (command === 'STARTTLS' && response !== undefined)
    return `${at} offers no encryption (STARTTLS), and a password is only sent encrypted. Use smtps:// in PATCHBAY_SMTP_URL, or another port.`
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH/.test(originalCode) && secure)
    return `${at} does not speak TLS from the start. Use smtp:// in PATCHBAY_SMTP_URL, or another port.`
  if (originalCode === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The certificate of ${at} is not for ${host}. Use the host name of the certificate in PATCHBAY_SMTP_URL.`
  if (originalCode === 'CERT_HAS_EXPIRED') return `The certificate of ${at} has expired. Its operator must renew it.`
  if (/SELF_SIGNED|UNABLE_TO_|CERT_UNTRUSTED/.test(originalCode))
    return `The certificate of ${at} is signed by an unknown authority. If it is a private one, start Patchbay with its certificate in NODE_EXTRA_CA_CERTS.`
  return `No secure connection to ${at} could be made${originalCode === '' ? '' : ` (${originalCode})`}.`
}
