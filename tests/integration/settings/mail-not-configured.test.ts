import { beforeAll, expect, test } from 'vitest'
import { sendMail } from '@/lib/platform/mail/send-mail'
import { getMailSettings } from '@/lib/settings/get-mail-settings'
import { sendTestMail } from '@/lib/settings/send-test-mail'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

/** With a sender and without a mail server. */

beforeAll(async () => {
  process.env.PATCHBAY_MAIL_FROM = 'patchbay@acme.test'
  await testDatabase()
})

test('without a mail server nothing is sent, and the result names the variables that are missing', async () => {
  const dana = await anActor()
  const result = { outcome: 'not_configured', missing: ['PATCHBAY_SMTP_URL'] }
  expect(await sendMail({ to: 'dana@acme.test', subject: 'Test', text: 'Test' })).toEqual(result)
  for (let count = 0; count < 7; count += 1) expect(await sendTestMail(dana, {})).toEqual({ ok: true, value: result })
  expect(await getMailSettings(dana, {})).toMatchObject({
    value: { server: null, from: { address: 'patchbay@acme.test' }, missing: ['PATCHBAY_SMTP_URL'] },
  })
})
