import { anInstallation, expect, password, test } from '@/tests/support/installation'

const installation = anInstallation({ setUp: false })

test('the first visitor sets Patchbay up and is signed in as its administrator', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/setup$/)
  await page.getByLabel('Workspace name').fill('Acme')
  await page.getByLabel('Your name').fill('Dana')
  await page.getByLabel('Email').fill('dana@example.com')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  expect(await installation.sql(`SELECT "role"::text FROM "Membership"`)).toEqual([{ role: 'administrator' }])
})

test('set-up is offered only once', async ({ page }) => {
  await page.goto('/setup')
  await expect(page).toHaveURL(/\/login/)
})

test('a person who is signed out is asked to sign in, and comes back to the page they wanted', async ({ page }) => {
  await page.goto('/activity')
  await expect(page).toHaveURL(/\/login\?returnTo=/)
  await page.getByLabel('Email').fill('dana@example.com')
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/activity$/)
})
