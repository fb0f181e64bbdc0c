import type { Browser, Page } from '@playwright/test'
import { axeViolations } from '@/tests/support/axe'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, password, test } from '@/tests/support/workspace'

// People of a workspace: invited by a link, with a role, able to set a new password, removed.

const workspace = aWorkspace()

test.beforeEach(async ({ page }) => haveSession(page.context(), workspace))

const people = (page: Page) => page.getByRole('table', { name: 'People' })
const personRow = (page: Page, name: string) => people(page).getByRole('row').filter({ hasText: name })

async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

/** A browser in which nobody is signed in. */
async function otherBrowser(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: workspace.url })
  return context.newPage()
}

/** The link in the dialog that shows it once. */
async function linkShown(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('This link is shown only now.')).toBeVisible()
  return (await dialog.getByRole('code').textContent())!
}

async function invite(page: Page, email: string, role = 'User'): Promise<string> {
  await page.goto('/settings/people')
  await page.getByRole('button', { name: 'Add person' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add person' })
  await dialog.getByLabel('Email').fill(email)
  await dialog.getByRole('radio', { name: role, exact: true }).check()
  await dialog.getByRole('button', { name: 'Create invitation' }).click()
  return linkShown(page)
}

const newEmail = (name: string) => `${name}-${crypto.randomUUID().slice(0, 8)}@example.com`

test('an invited person chooses name and password, and the link works once', async ({ page, browser }) => {
  const email = newEmail('robin')
  const link = await invite(page, email, 'Manager')

  await test.step('the administrator sees the link once, and the invitation in the list', async () => {
    expect(link).toMatch(new RegExp(`^${workspace.url}/invitations/[\\w-]{43}$`))
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    await expect(page.getByRole('table', { name: 'Invitations' })).toContainText(email)
    expect(await page.content()).not.toContain(link)
    expect(await axeViolations(page)).toEqual([])
  })

  const invited = await otherBrowser(browser)
  await test.step('the person sees who invited them, and what is wrong with a password', async () => {
    await invited.goto(link)
    await expect(invited.getByRole('heading', { name: /^Join / })).toBeVisible()
    await expect(invited.getByText(`${workspace.administrator.name} invited ${email}`)).toBeVisible()
    expect(await axeViolations(invited)).toEqual([])
    await invited.getByLabel('Your name').fill('Robin Lee')
    await invited.getByLabel('Password').fill('short')
    await invited.getByRole('button', { name: 'Create account' }).click()
    await expect(invited.getByText(/Use at least \d+ characters/).first()).toBeVisible()
    await expect(invited.getByLabel('Your name')).toHaveValue('Robin Lee')
  })

  await test.step('the person is signed in with the role', async () => {
    await invited.getByLabel('Password').fill(password)
    await invited.getByRole('button', { name: 'Create account' }).click()
    await expect(invited.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
    await expect(invited.getByRole('link', { name: 'Add new connector' }).first()).toBeVisible()
    await invited.goto('/settings/people')
    await expect(invited.getByText('Settings are for administrators')).toBeVisible()
  })

  await test.step('the link no longer works, and the list has the person', async () => {
    const later = await otherBrowser(browser)
    await later.goto(link)
    await expect(later.getByRole('heading', { name: 'This invitation does not work' })).toBeVisible()
    await expect(later.getByRole('link', { name: 'Sign in' })).toBeVisible()
    await later.context().close()
    await page.reload()
    await expect(personRow(page, 'Robin Lee')).toContainText('Manager')
    await expect(personRow(page, 'Robin Lee')).toContainText('just now')
    await expect(page.getByText(email)).toHaveCount(1)
  })
  await invited.context().close()
})

test('an invitation is refused at its field, renewed, and withdrawn', async ({ page, browser }) => {
  const email = newEmail('sam')
  const first = await invite(page, email)
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()

  await test.step('the same person cannot be invited twice, nor a member', async () => {
    await page.getByRole('button', { name: 'Add person' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add person' })
    for (const [typed, message] of [
      ['not an address', 'Enter an email address'],
      [email.toUpperCase(), 'is already invited'],
      [workspace.administrator.email, 'is already in this workspace'],
    ] as const) {
      await dialog.getByLabel('Email').fill(typed)
      await dialog.getByRole('button', { name: 'Create invitation' }).click()
      await expect(dialog.getByRole('alert')).toContainText(message)
      await expect(dialog.getByLabel('Email')).toHaveValue(typed)
    }
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Discard' }).click()
  })

  await test.step('a new link replaces the old one', async () => {
    await page.getByRole('button', { name: `Create new link for ${email}` }).click()
    const second = await linkShown(page)
    expect(second).not.toBe(first)
    const other = await otherBrowser(browser)
    await other.goto(first)
    await expect(other.getByRole('heading', { name: 'This invitation does not work' })).toBeVisible()
    await other.goto(second)
    await expect(other.getByRole('heading', { name: /^Join / })).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()

    await page.getByRole('button', { name: `Withdraw invitation of ${email}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw invitation' }).click()
    await expect(page.getByText(email)).toHaveCount(0)
    await other.getByLabel('Your name').fill('Sam')
    await other.getByLabel('Password').fill(password)
    await other.getByRole('button', { name: 'Create account' }).click()
    await expect(other.getByRole('form').getByRole('alert')).toContainText('This invitation was accepted, withdrawn')
    await other.context().close()
  })

  await test.step('an expired one says so, to both', async () => {
    const late = newEmail('late')
    const link = await invite(page, late)
    await workspace.sql(`UPDATE "Invitation" SET "expiresAt" = now() WHERE "email" = $1`, [late])
    await page.reload()
    await expect(page.getByRole('row').filter({ hasText: late })).toContainText('Expired')
    const other = await otherBrowser(browser)
    await other.goto(link)
    await expect(other.getByText('This invitation has expired.')).toBeVisible()
    await other.context().close()
  })
})

test('a person with an account joins a second workspace and switches between the two', async ({ page, browser }) => {
  const elsewhere = await workspace.addPerson('user', 'Kim Elsewhere')
  const other = await otherBrowser(browser)
  await workspace.sql(`INSERT INTO "Workspace" ("id", "name") VALUES (gen_random_uuid(), 'Second company')`)
  await workspace.sql(
    `UPDATE "Membership" SET "workspaceId" = (SELECT "id" FROM "Workspace" WHERE "name" = 'Second company' ORDER BY "createdAt" DESC LIMIT 1)
     WHERE "userId" = $1`,
    [elsewhere.id],
  )
  const link = await invite(page, elsewhere.email)

  await test.step('another account of the browser is asked to sign out', async () => {
    await page.goto(link)
    await expect(page.getByText(`the invitation is for ${elsewhere.email}`)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  })

  await test.step('the person signs in and comes back to the invitation', async () => {
    await other.goto(link)
    await expect(other.getByText(`There is an account for ${elsewhere.email}`)).toBeVisible()
    await other.getByRole('link', { name: 'Sign in' }).click()
    await other.getByLabel('Email').fill(elsewhere.email)
    await other.getByLabel('Password', { exact: true }).fill(password)
    await other.getByRole('button', { name: 'Sign in' }).click()
    await other.getByRole('button', { name: /^Join / }).click()
    await expect(other.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  })

  await test.step('they switch to the other workspace', async () => {
    await other.getByRole('button', { name: /Kim Elsewhere/ }).click()
    await other.getByRole('button', { name: 'Second company' }).click()
    await expect(other.getByRole('button', { name: /Second company/ })).toBeVisible()
    await expect(other.getByRole('dialog')).toHaveCount(0)
  })

  await test.step('once removed there, they sign in again to the workspace that is left', async () => {
    await workspace.sql(
      `DELETE FROM "Membership" m USING "Workspace" w WHERE w."id" = m."workspaceId" AND w."name" = 'Second company'`,
    )
    await other.goto('/connectors')
    await expect(other).toHaveURL(/\/login/)
    await workspace.signIn(other, elsewhere)
    await expect(other.getByRole('button', { name: /Kim Elsewhere/ })).not.toContainText('Second company')
  })
  await other.context().close()
})

test('a changed role and a removal sign the person out, and the last administrator stays', async ({
  page,
  browser,
}) => {
  const person = await workspace.addPerson('user', 'Alex Role')
  const other = await otherBrowser(browser)
  await workspace.signIn(other, person)
  await page.goto('/settings/people')

  await test.step('search finds by name and by email', async () => {
    const search = page.getByRole('searchbox', { name: 'Search people' })
    await search.fill('nobody like this')
    await expect(page.getByText('Nobody matches')).toBeVisible()
    await search.fill(person.email.slice(0, 12))
    await expect(personRow(page, 'Alex Role')).toBeVisible()
    await search.fill('')
  })

  await test.step('the new role applies at once', async () => {
    await choose(page, 'Alex Role', 'Change role')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'Read-only', exact: true }).check()
    expect(await axeViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Change role' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(personRow(page, 'Alex Role')).toContainText('Read-only')
    await other.goto('/connectors')
    await expect(other).toHaveURL(/\/login/)
  })

  await test.step('removing says what ends, and asks', async () => {
    await workspace.signIn(other, person)
    await choose(page, 'Alex Role', 'Remove')
    const dialog = page.getByRole('dialog', { name: 'Remove Alex Role?' })
    await expect(dialog).toContainText('1 open session ends at once.')
    await expect(dialog).toContainText('the account is deleted')
    await dialog.getByRole('button', { name: 'Remove person' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(personRow(page, 'Alex Role')).toHaveCount(0)
    await other.goto('/connectors')
    await expect(other).toHaveURL(/\/login/)
  })

  await test.step('the last administrator cannot leave or take a lower role', async () => {
    await workspace.sql(
      `DELETE FROM "Membership" WHERE "workspaceId" = $1 AND "role" = 'administrator' AND "userId" <> $2`,
      [workspace.workspaceId, workspace.administrator.id],
    )
    await choose(page, workspace.administrator.name, 'Change role')
    await page.getByRole('dialog').getByRole('radio', { name: 'Manager', exact: true }).check()
    await page.getByRole('dialog').getByRole('button', { name: 'Change role' }).click()
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('is the only administrator')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Discard' }).click()
    await choose(page, workspace.administrator.name, 'Remove')
    await page.getByRole('dialog').getByRole('button', { name: 'Leave workspace' }).click()
    await expect(page.getByRole('dialog')).toContainText('is the only administrator')
  })
  await other.context().close()
})

test('a person who forgot their password sets a new one with a link from an administrator', async ({
  page,
  browser,
}) => {
  const person = await workspace.addPerson('manager', 'Pat Forgot')
  await page.goto('/settings/people')
  await choose(page, 'Pat Forgot', 'Create reset link')
  await page.getByRole('dialog').getByRole('button', { name: 'Create reset link' }).click()
  const link = await linkShown(page)
  expect(await axeViolations(page)).toEqual([])

  const other = await otherBrowser(browser)
  await other.goto(link)
  expect(await axeViolations(other)).toEqual([])
  await other.getByLabel('New password').fill('another long passphrase')
  await other.getByRole('button', { name: 'Set password' }).click()
  await expect(other.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()

  const fresh = await otherBrowser(browser)
  await fresh.goto(link)
  await expect(fresh.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
  await fresh.goto('/login')
  await fresh.getByLabel('Email').fill(person.email)
  await fresh.getByLabel('Password', { exact: true }).fill(password)
  await fresh.getByRole('button', { name: 'Sign in' }).click()
  await expect(fresh.getByText('Incorrect email or password.').first()).toBeVisible()
  await fresh.getByLabel('Password', { exact: true }).fill('another long passphrase')
  await fresh.getByRole('button', { name: 'Sign in' }).click()
  await expect(fresh.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  await fresh.context().close()
  await other.context().close()
})

test('a person changes their own name, time zone and password', async ({ page, browser }) => {
  const person = await workspace.addPerson('read_only', 'Old Name')
  await page.context().clearCookies()
  await workspace.signIn(page, person)
  const other = await otherBrowser(browser)
  await workspace.signIn(other, person)
  await page.goto('/profile')

  await test.step('the name is shown everywhere at once', async () => {
    await page.getByLabel('Your name').fill('New Name')
    await page.getByLabel('Time zone').click()
    await page.getByRole('combobox', { name: 'Search time zones' }).fill('tokyo')
    await page.getByRole('option', { name: /Tokyo/ }).click()
    await page.getByRole('button', { name: 'Save profile' }).click()
    await expect(page.getByText('Profile saved.').first()).toBeVisible()
    await expect(page.getByRole('button', { name: /New Name/ })).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('Your name')).toHaveValue('New Name')
    await expect(page.locator('time').first()).toHaveAttribute('title', /GMT\+9/)
    expect(await axeViolations(page)).toEqual([])
  })

  await test.step('a wrong current password is refused at its field', async () => {
    await page.getByLabel('Current password').fill('not this one')
    await page.getByLabel('New password').fill('another long passphrase')
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByText('This is not your current password.').first()).toBeVisible()
    await expect(page.getByLabel('New password')).toHaveValue('another long passphrase')
  })

  await test.step('the right one changes it, and ends the other sessions', async () => {
    await page.getByLabel('Current password').fill(password)
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByText('Password changed. Your other sessions have ended.').first()).toBeVisible()
    await expect(page.getByLabel('Current password')).toHaveValue('')
    await other.goto('/connectors')
    await expect(other).toHaveURL(/\/login/)
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Profile', level: 1 })).toBeVisible()
  })
  await other.context().close()
})
