import { seedAcme } from '@/tests/support/acme-workspace'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

const workspace = aWorkspace()

test('the message about an address that has to be confirmed leads to where that is done (rule R14)', async ({
  page,
}) => {
  const acme = await seedAcme(workspace)
  await acme.addInstance('Shop', 'basic auth')
  await haveSession(page.context(), workspace)
  await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List orders')}`)
  await page.getByRole('textbox', { name: 'URL', exact: true }).fill('https://elsewhere.test/orders')
  await page.getByRole('button', { name: 'Save endpoint' }).click()
  const message = page.getByRole('listitem').filter({ hasText: 'Nothing is sent to https://elsewhere.test' })
  await expect(message).toContainText('until an administrator confirms it.')
  await message.getByRole('button', { name: 'Review' }).click()
  const notice = page.getByRole('status').filter({ hasText: 'Confirm a new address' })
  await expect(notice).toBeFocused()
  await expect(notice).toBeInViewport()
  await notice.getByRole('button', { name: 'Confirm https://elsewhere.test' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm address' }).click()
  await expect(notice).toBeHidden()
})
