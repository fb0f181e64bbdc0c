import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { symbols } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { logger } from '@/lib/platform/log/logger'
import { sendThrough, type MailResult } from '@/lib/platform/mail/send-mail'
import type { SmtpServer } from '@/lib/platform/mail/smtp-url'
import { aCertificate, anAuthority } from '@/tests/support/certificates'
import { aTcpServer } from '@/tests/support/servers'
import { startSmtpServer, type SmtpBehaviour, type TestSmtpServer } from '@/tests/support/smtp-server'
import { testDatabase } from '@/tests/support/database'

const authority = anAuthority()
const certificate = aCertificate({ name: 'mail.test', issuer: authority, hosts: ['127.0.0.1', '0.0.0.0'] })
const own = getCACertificates()
const log: string[] = []

beforeAll(async () => {
  // The log needs the settings, and is silent in tests.
  await testDatabase()
  logger().level = 'trace'
  const stream = (logger() as unknown as Record<symbol, { write: (line: string) => void }>)[symbols.streamSym]!
  stream.write = (line) => void log.push(line)
  setDefaultCACertificates([...own, authority.certificatePem])
})
afterAll(() => setDefaultCACertificates(own))

const password = 'pä55/word+hunter2'
const logIn = { user: 'dana', password }
const from = { name: 'Patchbay', address: 'patchbay@acme.test' }
const mail = { to: 'dana@acme.test', subject: 'Test mail from Patchbay', text: 'It works.\n' }

/** Until the end of the test. */
async function anSmtpServer(behaviour?: SmtpBehaviour): Promise<TestSmtpServer> {
  const server = await startSmtpServer(behaviour)
  onTestFinished(server.close)
  return server
}

/** Sends a mail to the server; `0.0.0.0` is this machine too, but not by a loopback address. */
function send(
  { port }: { port: number },
  given: Partial<SmtpServer> = {},
  limits = { silenceMs: 5_000, allMs: 5_000 },
) {
  return sendThrough({ host: '127.0.0.1', port, secure: false, logIn: null, ...given }, from, mail, limits)
}

async function sendTo(behaviour: SmtpBehaviour, given?: Partial<SmtpServer>): Promise<[MailResult, TestSmtpServer]> {
  const server = await anSmtpServer(behaviour)
  return [await send(server, given), server]
}

describe('A mail is sent', () => {
  test('from the sender to the recipient, with the server’s words', async () => {
    const [result, server] = await sendTo({})
    expect(result).toEqual({ outcome: 'sent', response: '250 2.0.0 Queued as 4711' })
    expect(server.mails).toMatchObject([{ from: 'patchbay@acme.test', to: 'dana@acme.test', encrypted: false }])
    const { content } = server.mails[0]!
    expect(content).toMatch(/^From: Patchbay <patchbay@acme\.test>$/m)
    expect(content).toMatch(/^To: dana@acme\.test$/m)
    expect(content).toMatch(/^Subject: Test mail from Patchbay$/m)
    expect(content).toMatch(/\r\n\r\nIt works\./)
    expect(server.logIns).toEqual([])
    await expect.poll(server.openConnections).toBe(0)
  })

  test('encrypted by STARTTLS where the server offers it, and the log-in only then', async () => {
    const [result, server] = await sendTo({ certificate }, { host: '0.0.0.0', logIn })
    expect(result).toMatchObject({ outcome: 'sent' })
    expect(server.mails).toMatchObject([{ encrypted: true }])
    expect(server.logIns).toEqual([['dana', password]])
    expect(server.lines.filter(({ encrypted }) => !encrypted).map(({ text }) => text.split(' ')[0])).toEqual([
      'EHLO',
      'STARTTLS',
    ])
  })

  test('with TLS from the start', async () => {
    const [result, server] = await sendTo({ certificate, secure: true }, { secure: true, logIn })
    expect(result).toMatchObject({ outcome: 'sent' })
    expect(server.lines.every(({ encrypted }) => encrypted)).toBe(true)
    expect(server.logIns).toEqual([['dana', password]])
  })

  test('to one recipient, whatever its address and subject contain', async () => {
    const server = await anSmtpServer()
    const hostile = { ...mail, to: 'dana@acme.test>\r\nRCPT TO:<eve@evil.test', subject: 'Hi\r\nBcc: eve@evil.test' }
    await sendThrough({ host: '127.0.0.1', port: server.port, secure: false, logIn: null }, from, hostile)
    expect(server.lines.filter(({ text }) => /^RCPT TO/.test(text)).length).toBeLessThanOrEqual(1)
    expect(server.lines.map(({ text }) => text)).not.toContain('RCPT TO:<eve@evil.test>')
    for (const { content } of server.mails) expect(content).not.toMatch(/^Bcc/im)
  })
})

describe('A mail is refused, with the step, the reason and the server’s words:', () => {
  const cases: [what: string, behaviour: SmtpBehaviour, given: Partial<SmtpServer>, result: object][] = [
    [
      'the log-in',
      { certificate, responses: { AUTH: '535 5.7.8 Authentication failed' } },
      { logIn },
      {
        step: 'log_in',
        reason: expect.stringMatching(
          /^127\.0\.0\.1:\d+ refused the user name or the password in PATCHBAY_SMTP_URL\.$/,
        ),
        response: '535 5.7.8 Authentication failed',
      },
    ],
    [
      'the sender',
      { responses: { MAIL: '550 5.7.1 Sender not allowed' } },
      {},
      {
        step: 'sender',
        reason: expect.stringMatching(/refused the sender patchbay@acme\.test \(PATCHBAY_MAIL_FROM\)\.$/),
        response: '550 5.7.1 Sender not allowed',
      },
    ],
    [
      'the recipient',
      { responses: { RCPT: '550-5.1.1 No such\r\n550 5.1.1 mailbox' } },
      {},
      {
        step: 'recipient',
        reason: expect.stringMatching(/refused the recipient dana@acme\.test\.$/),
        response: '550-5.1.1 No such 550 5.1.1 mailbox',
      },
    ],
    [
      'the recipient, of a server with pipelining',
      { extensions: ['PIPELINING'], responses: { RCPT: '550 5.1.1 No such mailbox', DATA: '503 5.5.1 No recipient' } },
      {},
      { step: 'recipient', response: '550 5.1.1 No such mailbox' },
    ],
    [
      'the sender, of a server with pipelining',
      { extensions: ['PIPELINING'], responses: { MAIL: '550 Not you', RCPT: '503 No', DATA: '503 No' } },
      {},
      { step: 'sender', response: '550 Not you' },
    ],
    [
      'the message',
      { responses: { END: '554 5.7.1 Spam' } },
      {},
      { step: 'message', reason: expect.stringMatching(/refused the message\.$/), response: '554 5.7.1 Spam' },
    ],
    [
      'the connection, by its greeting',
      { responses: { GREETING: '554 5.7.1 Your address is blocked' } },
      {},
      {
        step: 'connection',
        reason: expect.stringMatching(/ended the conversation\.$/),
        response: '554 5.7.1 Your address is blocked',
      },
    ],
    [
      'a log-in without encryption, which is never sent',
      {},
      { host: '0.0.0.0', logIn },
      { step: 'tls', reason: expect.stringMatching(/offers no encryption \(STARTTLS\).*Use smtps:\/\//) },
    ],
    [
      'a certificate of an unknown authority',
      { certificate: aCertificate({ name: 'mail.test', hosts: ['127.0.0.1'] }) },
      { logIn },
      {
        step: 'tls',
        reason: expect.stringMatching(/signed by an unknown authority.*NODE_EXTRA_CA_CERTS/),
        response: null,
      },
    ],
    [
      'a certificate of an unknown authority, with TLS from the start',
      { secure: true, certificate: aCertificate({ name: 'mail.test', hosts: ['127.0.0.1'] }) },
      { secure: true, logIn },
      { step: 'tls', reason: expect.stringMatching(/signed by an unknown authority/) },
    ],
    [
      'a certificate for another host',
      { certificate: aCertificate({ name: 'mail.test', issuer: authority, hosts: ['other.test'] }) },
      { logIn },
      { step: 'tls', reason: expect.stringMatching(/is not for 127\.0\.0\.1/) },
    ],
    [
      'an expired certificate',
      {
        certificate: aCertificate({
          ...{ name: 'mail.test', issuer: authority, hosts: ['127.0.0.1'] },
          ...{ validFrom: new Date('2020-01-01'), validTo: new Date('2021-01-01') },
        }),
      },
      { logIn },
      { step: 'tls', reason: expect.stringMatching(/has expired/) },
    ],
    [
      'TLS from the start at a server that begins without',
      {},
      { secure: true, logIn },
      { step: 'tls', reason: expect.stringMatching(/does not speak TLS from the start\. Use smtp:\/\//) },
    ],
    [
      'a host that does not exist',
      {},
      { host: 'no-such-host.invalid' },
      {
        step: 'connection',
        reason: expect.stringMatching(/^The host no-such-host\.invalid was not found\./),
        response: null,
      },
    ],
    [
      'a port on which nothing listens',
      {},
      { port: 1 },
      { step: 'connection', reason: expect.stringMatching(/^127\.0\.0\.1:1 refused the connection\. Check the host/) },
    ],
  ]

  test.each(cases)('%s', async (_, behaviour, given, result) => {
    const [refused, server] = await sendTo(behaviour, given)
    expect(refused).toMatchObject({ outcome: 'refused', ...result })
    expect(server.mails).toEqual([])
    for (const { text, encrypted } of server.lines) if (!encrypted) expect(text).not.toMatch(/^AUTH/)
    await expect.poll(server.openConnections).toBe(0)
  })

  test('a server that closes the connection at once', async () => {
    const server = await aTcpServer((socket) => socket.end())
    expect(await send(server)).toMatchObject({ outcome: 'refused', step: 'connection', response: null })
  })
})

describe('A server that does not respond', () => {
  const inTime = /did not respond in time\. Check the host/

  test.each(['GREETING', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'END'])('is given up at %s', async (command) => {
    const server = await anSmtpServer({ responses: { [command]: null } })
    const result = await send(server, {}, { silenceMs: 200, allMs: 60_000 })
    expect(result).toMatchObject({ outcome: 'refused', step: 'connection', reason: expect.stringMatching(inTime) })
    await expect.poll(server.openConnections).toBe(0)
  })

  test('is given up at the handshake of TLS', async () => {
    const server = await aTcpServer(() => {})
    const result = await send(server, { secure: true }, { silenceMs: 200, allMs: 60_000 })
    expect(result).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(inTime) })
  })

  test('in time to each command, but slowly, is given up too', async () => {
    const server = await anSmtpServer({ delayMs: 200 })
    const result = await send(server, {}, { silenceMs: 60_000, allMs: 500 })
    expect(result).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(inTime) })
    await expect.poll(server.openConnections).toBe(0)
    expect(server.mails).toEqual([])
  })
})

describe('The password', () => {
  const plain = Buffer.from(`\0dana\0${password}`).toString('base64')

  test.each([
    ['as it is', password],
    ['as it was sent', plain],
    ['percent-encoded', encodeURIComponent(password)],
    ['over two lines', `${password}\r\n535 ${password}`],
  ])('is neither in the result nor in the log if the server repeats it %s', async (_, repeated) => {
    const text = `535${repeated.includes('\r\n') ? '-' : ' '}Wrong: ${repeated}`
    const server = await anSmtpServer({ certificate, responses: { AUTH: text } })
    log.length = 0
    const result = await send(server, { logIn })
    expect(server.logIns).toEqual([['dana', password]])
    expect(result).toMatchObject({ step: 'log_in', response: expect.stringMatching(/^535.Wrong: .*••••••/) })
    expect(log).toEqual([expect.stringContaining('a mail was not sent')])
    for (const text of [JSON.stringify(result), ...log]) {
      expect(text).not.toContain('hunter2')
      expect(text).not.toContain(plain)
    }
  })

  test('is not in the words of a server that accepts the mail', async () => {
    const [result] = await sendTo({ certificate, responses: { END: `250 Thanks, ${password}` } }, { logIn })
    expect(result).toEqual({ outcome: 'sent', response: '250 Thanks, ••••••' })
  })
})

test('the server’s words are one line of limited length', async () => {
  const [result] = await sendTo({ responses: { MAIL: `550 ${'x'.repeat(2_000)}\u001b[31m` } })
  const { response } = result as { response: string }
  expect(response).toMatch(/^550 x+…$/)
  expect(response.length).toBeLessThan(520)
})
