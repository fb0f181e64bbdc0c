import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { TestCertificate } from './certificates'

/** A mail server that speaks SMTP (RFC 5321) as far as clients need it, with STARTTLS (RFC 3207) and AUTH PLAIN (RFC 4954). */

export type SmtpBehaviour = {
  /** Offers STARTTLS with it; with `secure`, TLS from the start. */
  certificate?: TestCertificate
  secure?: boolean
  /** Offered extensions. Default: AUTH PLAIN. */
  extensions?: string[]
  /** Instead of the usual response to a command (`GREETING`, `EHLO`, `MAIL`, … `END` of the message); null: none at all. */
  responses?: Record<string, string | null>
  /** Waits before every response. */
  delayMs?: number
}

export type ReceivedMail = { from: string; to: string; content: string; encrypted: boolean }

export type TestSmtpServer = {
  port: number
  mails: ReceivedMail[]
  /** Every line that was received, also of a log-in. */
  lines: { text: string; encrypted: boolean }[]
  /** The log-ins: user and password. */
  logIns: [user: string, password: string][]
  openConnections: () => number
  /** Changes how it behaves from the next connection on. */
  behave: (behaviour: SmtpBehaviour) => void
  close: () => void
}

const usual: Record<string, string> = {
  GREETING: '220 mail.test ESMTP',
  MAIL: '250 2.1.0 Sender OK',
  RCPT: '250 2.1.5 Recipient OK',
  DATA: '354 End data with a dot',
  END: '250 2.0.0 Queued as 4711',
  AUTH: '235 2.7.0 Accepted',
  STARTTLS: '220 2.0.0 Ready',
  RSET: '250 2.0.0 OK',
  QUIT: '221 2.0.0 Bye',
}

export async function startSmtpServer(first: SmtpBehaviour = {}): Promise<TestSmtpServer> {
  let behaviour = first
  const sockets = new Set<Socket>()
  const server: Omit<TestSmtpServer, 'port' | 'close'> = {
    ...{ mails: [], lines: [], logIns: [] },
    openConnections: () => sockets.size,
    behave: (next) => (behaviour = next),
  }
  const listener = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    if (behaviour.secure) serve(encrypt(socket, behaviour), server, { ...behaviour, certificate: undefined }, true)
    else serve(socket, server, behaviour, false)
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const close = () => {
    listener.close()
    for (const socket of sockets) socket.destroy()
  }
  return Object.assign(server, { port: (listener.address() as AddressInfo).port, close })
}

function encrypt(socket: Socket, { certificate }: SmtpBehaviour): TLSSocket {
  const { certificatePem: cert, keyPem: key } = certificate!
  const encrypted = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext({ cert, key }) })
  // It does not end by itself when the other side does.
  return encrypted.on('error', () => socket.destroy()).on('end', () => socket.destroy())
}

type Received = Pick<TestSmtpServer, 'mails' | 'lines' | 'logIns'>

function serve(socket: Socket, received: Received, behaviour: SmtpBehaviour, encrypted: boolean, greets = true): void {
  const { responses = {}, extensions = ['AUTH PLAIN'], certificate, delayMs = 0 } = behaviour
  const mail = { from: '', to: '' }
  let message: string[] | null = null
  const respond = (command: string, otherwise = usual[command] ?? '502 5.5.1 Not known') => {
    const response = command in responses ? responses[command]! : otherwise
    if (response !== null) setTimeout(() => socket.writable && socket.write(`${response}\r\n`), delayMs)
    return response
  }
  const handle = (line: string) => {
    received.lines.push({ text: line, encrypted })
    if (message !== null) {
      if (line !== '.') return message.push(line)
      const content = message.join('\r\n')
      message = null
      if (respond('END')?.startsWith('2')) received.mails.push({ ...mail, content, encrypted })
      return
    }
    const command = line.slice(0, line.search(/ |$/)).toUpperCase()
    const address = /<(.*?)>/.exec(line)?.[1] ?? ''
    if (command === 'EHLO') {
      const offered = [...extensions, ...(certificate && !encrypted ? ['STARTTLS'] : [])]
      return respond(
        'EHLO',
        ['mail.test', ...offered].map((text, i) => `250${i < offered.length ? '-' : ' '}${text}`).join('\r\n'),
      )
    }
    if (command === 'AUTH') {
      const [, user = '', password = ''] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .toString()
        .split('\0')
      received.logIns.push([user, password])
    }
    if (command === 'MAIL') mail.from = address
    if (command === 'RCPT') mail.to = address
    const response = command === 'STARTTLS' && !certificate ? respond(command, '502 5.5.1 Not known') : respond(command)
    if (command === 'DATA' && response?.startsWith('3')) message = []
    if (command === 'QUIT') setTimeout(() => socket.end(), delayMs)
    if (command === 'STARTTLS' && certificate && response?.startsWith('2')) {
      socket.removeAllListeners('data')
      serve(encrypt(socket, behaviour), received, behaviour, true, false)
    }
  }
  let rest = ''
  socket.on('data', (chunk) => {
    const lines = (rest + String(chunk)).split('\r\n')
    rest = lines.pop()!
    lines.forEach(handle)
  })
  if (greets) respond('GREETING')
}
