import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { axeViolations } from '@/tests/support/axe'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// From a new connector to requests of an API of one's own, and the way to everything a connector consists of.

const workspace = aWorkspace()
let acme: SeededAcme

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
})
test.beforeEach(async ({ page }) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
})

test('a connector’s name leads to its overview, its cog to the builder, and both offer every section', async ({
  page,
}) => {
  const instance = await acme.addInstance('Acme UK', 'basic auth')
  await workspace.sql(
    `UPDATE "Instance" SET "status" = 'failing', "statusReason" = 'Acme Commerce rejected the credentials.' WHERE "id" = $1`,
    [instance.id],
  )
  await page.goto('/connectors')
  const card = page.getByRole('region', { name: 'Acme Commerce' })
  await card.getByRole('link', { name: 'Acme Commerce', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Overview' })).toHaveAttribute('aria-current', 'page')
  for (const section of ['About', 'Instances', 'Authentication methods', 'Latest failed requests', 'Recent changes'])
    await expect(page.getByRole('region', { name: section, exact: true })).toBeVisible()
  await expect(page.getByRole('row', { name: /^basic auth/ })).toContainText(/\d+ of \d+ endpoints/)
  const row = page.getByRole('list', { name: 'Instances of Acme Commerce' }).getByRole('listitem')
  await expect(row).toContainText('Acme Commerce rejected the credentials.')
  await expect(row.getByRole('button', { name: 'Check now: Acme UK' })).toBeVisible()
  expect(await axeViolations(page)).toEqual([])

  await page.getByRole('link', { name: 'Add new instance for Acme Commerce' }).click()
  await expect(page.getByLabel('Instance name')).toBeVisible()
  await page.getByRole('link', { name: 'Acme Commerce', exact: true }).click()
  await expect(page.getByRole('region', { name: 'About' })).toBeVisible()

  await page.goto('/connectors')
  await card.getByRole('link', { name: 'Settings for Acme Commerce' }).click()
  await expect(page.getByRole('link', { name: 'Basic details' })).toHaveAttribute('aria-current', 'page')
  for (const section of ['Connector variables', 'Authentication', 'Endpoints'])
    await expect(
      page.getByRole('navigation', { name: 'Connector' }).getByRole('link', { name: section }).first(),
    ).toBeVisible()
})
