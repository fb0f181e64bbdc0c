import type { BrowserContext } from '@playwright/test'
import { encode } from 'next-auth/jwt'
import type { Installation, Person } from './installation'
import { testSessionSecret } from './test-secrets'

/** The browser of a person who is signed in already: the log-in page has tests of its own. */
export async function haveSession(
  context: BrowserContext,
  installation: Installation,
  person: Person = installation.administrator,
): Promise<void> {
  const token = { sub: person.id, workspaceId: installation.workspaceId, sessionVersion: 1 }
  const value = await encode({ token, secret: testSessionSecret })
  await context.addCookies([
    { name: 'patchbay-session', value, url: installation.url, httpOnly: true, sameSite: 'Lax' },
  ])
}
