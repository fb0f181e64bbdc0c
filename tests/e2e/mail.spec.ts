import { axeViolations } from '@/tests/support/axe'
import { anInstallation, expect, test } from '@/tests/support/installation'
import { haveSession } from '@/tests/support/session'
import { startSmtpServer, type TestSmtpServer } from '@/tests/support/smtp-server'

/** *Settings › Mail* of an installation with a mail server. */

let server: TestSmtpServer
test.beforeAll(async () => {
  server = await startSmtpServer()
})
const installation = anInstallation({
  environment: () => ({
    PATCHBAY_SMTP_URL: `smtp://mailer:hunter2-%23hunter2@127.0.0.1:${server.port}`,
    PATCHBAY_MAIL_FROM: 'Patchbay <patchbay@acme.test>',
  }),
})
test.afterAll(() => server.close())

test('Mail shows the server, and sends a test mail or says why not', async ({ page }) => {
  await haveSession(page.context(), installation)
  await page.goto('/settings/mail')
  const facts = page.getByRole('region', { name: 'Mail', exact: true })
  await expect(facts).toContainText(`127.0.0.1, port ${server.port}`)
  await expect(facts).toContainText('Patchbay <patchbay@acme.test>')
  await expect(facts).toContainText('PATCHBAY_SMTP_URL, PATCHBAY_MAIL_FROM')
  const send = page.getByRole('button', { name: 'Send test mail' })

  await test.step('sent, with the server’s words', async () => {
    await send.focus()
    await page.keyboard.press('Enter')
    const { email } = installation.administrator
    await expect(page.getByRole('status').filter({ hasText: `Sent to ${email}` })).toContainText(
      '250 2.0.0 Queued as 4711',
    )
    expect(server.mails).toMatchObject([{ from: 'patchbay@acme.test', to: email }])
    expect(server.logIns).toEqual([['mailer', 'hunter2-#hunter2']])
    expect(await axeViolations(page)).toEqual([])
  })

  await test.step('refused, with the reason and the server’s words', async () => {
    server.behave({ responses: { AUTH: '535 5.7.8 Wrong password hunter2-#hunter2' } })
    await send.click()
    const alert = page.getByRole('alert').filter({ hasText: 'The mail was not sent' })
    await expect(alert).toContainText('refused the user name or the password in PATCHBAY_SMTP_URL')
    await expect(alert).toContainText('535 5.7.8 Wrong password ••••••')
    await expect(page.getByText(/^Sent to/)).toHaveCount(0)
    expect(await axeViolations(page)).toEqual([])
  })

  await test.step('not with the password, on the page or in the log', async () => {
    expect(await page.content()).not.toContain('hunter2')
    expect(await page.content()).not.toContain('mailer')
    expect(installation.processes.map(({ output }) => output()).join('')).toContain('a mail was not sent')
    expect(installation.processes.map(({ output }) => output()).join('')).not.toContain('hunter2')
  })

  await test.step('not too often', async () => {
    server.behave({})
    for (let count = 2; count < 5; count += 1) {
      await send.click()
      await expect(page.getByText(/^Sent to/)).toBeVisible()
    }
    await send.click()
    await expect(page.getByRole('alert').filter({ hasText: '5 test mails were sent' })).toBeVisible()
  })
})
