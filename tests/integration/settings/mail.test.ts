import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ApiKeyActor, PersonActor } from '@/lib/domain/access/actor'
import { systemActor } from '@/lib/domain/access/actor'
import { newId } from '@/lib/platform/db/new-id'
import { getMailSettings } from '@/lib/settings/get-mail-settings'
import { sendTestMail } from '@/lib/settings/send-test-mail'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { startSmtpServer, type TestSmtpServer } from '@/tests/support/smtp-server'

/** With a mail server that logs in, set by a file. */

const folder = mkdtempSync(join(tmpdir(), 'patchbay-mail-'))
const password = 'hunter2-hunter2'
let server: TestSmtpServer
let database: TestDatabase
let dana: PersonActor
let email: string

beforeAll(async () => {
  server = await startSmtpServer()
  writeFileSync(join(folder, 'smtp-url'), `smtp://mailer:${password}@127.0.0.1:${server.port}\n`)
  process.env.PATCHBAY_SMTP_URL_FILE = join(folder, 'smtp-url')
  process.env.PATCHBAY_MAIL_FROM = 'Patchbay <patchbay@acme.test>'
  database = await testDatabase()
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})
beforeEach(async () => {
  server.behave({})
  Object.assign(server, { mails: [], logIns: [] })
  dana = await anActor('administrator', undefined, 'Dana')
  email = await emailOf(dana)
})

async function emailOf({ userId }: PersonActor): Promise<string> {
  const [row] = await database.sql<{ email: string }>(`SELECT "email" FROM "User" WHERE "id" = $1`, [userId])
  return row!.email
}

const audit = ({ workspaceId }: { workspaceId: string }) =>
  database.sql<{ action: string; objectName: string; actorName: string; changes: unknown }>(
    `SELECT "action", "objectName", "actorName", "changes" FROM "AuditLog" WHERE "workspaceId" = $1 ORDER BY "id"`,
    [workspaceId],
  )
const tooMany = (message: RegExp) => ({
  ok: false,
  error: { code: 'too_many_attempts', message: expect.stringMatching(message) },
})

test('Settings show the server, the sender and the variables, and neither user name nor password', async () => {
  const result = await getMailSettings(dana, {})
  expect(result).toEqual({
    ok: true,
    value: {
      server: {
        ...{ host: '127.0.0.1', port: server.port, secure: false, logsIn: true },
        variable: 'PATCHBAY_SMTP_URL_FILE',
      },
      from: { name: 'Patchbay', address: 'patchbay@acme.test', variable: 'PATCHBAY_MAIL_FROM' },
      missing: [],
      recipient: email,
    },
  })
})

describe('A test mail', () => {
  test('goes to the person’s own address, and is audited', async () => {
    expect(await sendTestMail(dana, {})).toEqual({
      ok: true,
      value: { outcome: 'sent', recipient: email, response: '250 2.0.0 Queued as 4711' },
    })
    expect(server.mails).toMatchObject([{ from: 'patchbay@acme.test', to: email }])
    expect(server.logIns).toEqual([['mailer', password]])
    expect(await audit(dana)).toMatchObject([
      {
        ...{ action: 'send_test_mail', objectName: 'Mail', actorName: 'Dana' },
        changes: {
          fields: [
            { field: 'recipient', to: email },
            { field: 'outcome', to: 'sent' },
          ],
        },
      },
    ])
  })

  test('of an API key goes to the owner of the key', async () => {
    const { workspaceId, userId: ownerId } = dana
    const key: ApiKeyActor = {
      ...{ kind: 'api_key', workspaceId, ownerId, keyId: newId(), label: 'Deploy', role: 'administrator' },
      limits: null,
      callOnly: false,
    }
    expect(await sendTestMail(key, {})).toMatchObject({ ok: true, value: { outcome: 'sent', recipient: email } })
  })

  test('that the server refuses has the reason and its words, without the password, and is audited', async () => {
    server.behave({ responses: { AUTH: `535 Wrong password ${password}` } })
    const result = await sendTestMail(dana, {})
    expect(result).toEqual({
      ok: true,
      value: {
        ...{ outcome: 'refused', step: 'log_in', response: '535 Wrong password ••••••' },
        reason: `127.0.0.1:${server.port} refused the user name or the password in PATCHBAY_SMTP_URL.`,
      },
    })
    const rows = await audit(dana)
    expect(rows).toMatchObject([{ changes: { fields: [{}, { field: 'outcome', to: 'refused (log-in)' }] } }])
    expect(JSON.stringify([result, rows])).not.toContain('hunter2')
  })

  test.each(['read_only', 'user', 'manager'] as const)('is refused to the role %s', async (role) => {
    const actor = await anActor(role, dana.workspaceId)
    expect(await sendTestMail(actor, {})).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
    expect(await getMailSettings(actor, {})).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
    expect(server.mails).toEqual([])
  })

  test('of nobody is refused', async () => {
    const refused = { ok: false, error: { code: 'not_allowed' } }
    expect(await sendTestMail(systemActor(dana.workspaceId), {})).toMatchObject(refused)
    expect(server.mails).toEqual([])
  })

  test('takes no address: there is no input', async () => {
    expect(await sendTestMail(dana, { to: 'eve@evil.test' } as never)).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    })
  })

  test('is sent one at a time in a workspace, and does not wait for another workspace', async () => {
    const robin = await anActor('administrator', dana.workspaceId)
    const other = await anActor()
    server.behave({ delayMs: 100 })
    const first = sendTestMail(dana, {})
    await expect.poll(server.openConnections).toBe(1)
    expect(await sendTestMail(robin, {})).toMatchObject(tooMany(/^Another test mail is being sent/))
    expect(await sendTestMail(other, {})).toMatchObject({ ok: true, value: { outcome: 'sent' } })
    expect(await first).toMatchObject({ ok: true, value: { outcome: 'sent' } })
    expect(server.mails.map(({ to }) => to).sort()).toEqual([email, await emailOf(other)].sort())
    server.behave({})
    expect(await sendTestMail(robin, {})).toMatchObject({ ok: true, value: { outcome: 'sent' } })
  })

  test('is refused after five in ten minutes, whatever their results, in this workspace only', async () => {
    server.behave({ responses: { MAIL: '550 No' } })
    for (let count = 0; count < 5; count += 1) expect(await sendTestMail(dana, {})).toMatchObject({ ok: true })
    server.behave({})
    expect(await sendTestMail(dana, {})).toMatchObject(tooMany(/^5 test mails .* Try again in (9|10) minutes\.$/))
    const robin = await anActor('administrator', dana.workspaceId)
    expect(await sendTestMail(robin, {})).toMatchObject(tooMany(/^5 test mails/))
    expect(server.mails).toEqual([])
    expect(await sendTestMail(await anActor(), {})).toMatchObject({ ok: true, value: { outcome: 'sent' } })
  })
})
