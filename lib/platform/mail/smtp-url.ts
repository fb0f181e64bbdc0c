/** The mail server of the installation, as PATCHBAY_SMTP_URL names it. The launcher reads it too. */

export type SmtpServer = {
  /** Host name, or an IP address without brackets. */
  host: string
  port: number
  /** `smtps://`: TLS from the start. Otherwise STARTTLS, where the server offers it. */
  secure: boolean
  /** Null: it is used without logging in. */
  logIn: { user: string; password: string } | null
}

const unreadable =
  'It cannot be read as the address of a mail server. In the user name and the password, special characters such as ' +
  '# / ? @ % must be percent-encoded (# is %23), and the port is a number up to 65535.'

/** Why the text is not the URL of a mail server; null if it is one. Never repeats it, because it contains a password. */
export function smtpUrlFault(text: string): string | null {
  if (!/^smtps?:\/\//i.test(text)) return 'It is not an address that begins with smtp:// or smtps://.'
  if (!URL.canParse(text)) return unreadable
  const { username, password, hostname, pathname, search, hash } = new URL(text)
  if (!/^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(hostname) || /@/.test(pathname + search + hash)) return unreadable
  if (decoded(username) === null || decoded(password) === null) return unreadable
  if (!/^\/?$/.test(pathname) || search || hash) return 'Nothing may follow the host and the port.'
  if ((username === '') !== (password === '')) return 'A user name needs a password, and a password a user name.'
  return null
}

/** @param text without a fault */
export function readSmtpUrl(text: string): SmtpServer {
  const { protocol, username, password, hostname, port } = new URL(text)
  const secure = protocol === 'smtps:'
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    logIn: username === '' ? null : { user: decoded(username)!, password: decoded(password)! },
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
