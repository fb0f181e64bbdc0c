import 'server-only'
import { createTransport, type NodemailerError } from 'nodemailer'
import { createRedactor } from '@/lib/domain/redaction'
import { SecretBook } from '@/lib/domain/secret-book'
import { env } from '@/lib/platform/env'
import { logger } from '@/lib/platform/log/logger'
import { explainMailFailure } from './mail-failure'
import type { MailFrom } from './mail-from'
import type { MailStep } from './mail-steps'
import { mailVariables, type MailVariable } from './mail-variables'
import type { SmtpServer } from './smtp-url'

/**
 * Sends mail through the mail server of the installation. It is the operator's, so the outbound network policy does not
 * apply to it (DATA §15).
 */

export type Mail = { to: string; subject: string; text: string }

export type MailResult =
  /** The server has accepted the mail; its words. */
  | { outcome: 'sent'; response: string }
  /** `response`: the server's words, if it responded. */
  | { outcome: 'refused'; step: MailStep; reason: string; response: string | null }
  /** These variables have to be set first. */
  | { outcome: 'not_configured'; missing: MailVariable[] }

/** The greatest silence of the server at any step, and the time for all of them. */
const silenceMs = 10_000
const allMs = 30_000

/** The variables that have to be set before any mail is sent. */
export function missingMailVariables(): MailVariable[] {
  return mailVariables.filter((name) => env()[name] === undefined)
}

/** Never throws because of the server: whatever happens is in the result, in which the password is redacted. */
export async function sendMail(mail: Mail): Promise<MailResult> {
  const { PATCHBAY_SMTP_URL: server, PATCHBAY_MAIL_FROM: from } = env()
  if (!server || !from) return { outcome: 'not_configured', missing: missingMailVariables() }
  return sendThrough(server, from, mail)
}

/** @param limits for tests */
export async function sendThrough(
  server: SmtpServer,
  from: MailFrom,
  { to, subject, text }: Mail,
  limits = { silenceMs, allMs },
): Promise<MailResult> {
  const words = wordsOf(server)
  const transport = createTransport(optionsOf(server, limits.silenceMs))
  try {
    const { response } = await transport.sendMail({
      // As an object, so that a name or an address cannot add a recipient.
      ...{ from, to: { name: '', address: to }, subject, text },
      signal: AbortSignal.timeout(limits.allMs),
    })
    return { outcome: 'sent', response: words(response) }
  } catch (thrown) {
    const error = thrown as NodemailerError
    const { step, reason } = explainMailFailure(error, server, { from: from.address, to })
    logger().warn({ step, reason, responseCode: error.responseCode }, 'a mail was not sent')
    return { outcome: 'refused', step, reason, response: error.response ? words(error.response) : null }
  }
}

function optionsOf({ host, port, secure, logIn }: SmtpServer, patienceMs: number) {
  return {
    ...{ host, port, secure },
    ...(logIn && { auth: { user: logIn.user, pass: logIn.password } }),
    // A password is never sent in plain text, except to this machine.
    requireTLS: logIn !== null && !/^(?:localhost|127\.[\d.]+|::1)$/i.test(host),
    ...{
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
      dnsTimeout: patienceMs,
    },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  }
}

const longestWords = 500

/** The server's words as one line, without what it repeats of the log-in. */
function wordsOf({ logIn }: SmtpServer): (text: string) => string {
  const { text: redact } = createRedactor({ secrets: SecretBook.of(logIn?.password ?? null) })
  return (text) => {
    const line = redact(
      text
        .toWellFormed()
        .replace(/[\s\p{C}]+/gu, ' ')
        .trim(),
    )
    return line.length > longestWords ? `${line.slice(0, longestWords).toWellFormed()}…` : line
  }
}
