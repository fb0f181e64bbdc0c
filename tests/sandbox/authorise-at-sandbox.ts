import type { Page } from '@playwright/test'
import { known } from './known'

export type SandboxDecision = { decision?: 'Allow' | 'Deny'; person?: (typeof known.people)[number] }

/** Acts as a person on Acme's pages: logs in if asked (Acme remembers the browser), then allows or denies. */
export async function authoriseAtSandbox(
  page: Page,
  { decision = 'Allow', person = known.people[0] }: SandboxDecision = {},
): Promise<void> {
  const signIn = page.getByRole('button', { name: 'Sign in', exact: true })
  const decide = page.getByRole('button', { name: decision, exact: true })
  await page.waitForURL(/\/oauth\/interaction\//)
  await signIn.or(decide).waitFor()
  if (await signIn.isVisible()) {
    await page.getByLabel('Username').fill(person.username)
    await page.getByLabel('Password').fill(person.password)
    await signIn.click()
  }
  await decide.click()
}

/** The page of OAuth 1 or of the unusual vendor, without a login. */
export async function decideAtSandbox(page: Page, decision: 'Allow' | 'Deny' = 'Allow'): Promise<void> {
  await page.waitForURL(/\/(oauth1|vendor)\/authorize\?/)
  await page.getByRole('button', { name: decision, exact: true }).click()
}
