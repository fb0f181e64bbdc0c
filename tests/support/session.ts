import type { BrowserContext } from '@playwright/test'
import { encode } from 'next-auth/jwt'
import type { Workspace, Person } from './workspace'
import { testSessionSecret } from './test-secrets'

/** The browser of a person who is signed in already: the log-in page has tests of its own. */
export async function haveSession(
  context: BrowserContext,
  workspace: Workspace,
  person: Person = workspace.administrator,
): Promise<void> {
  const token = { sub: person.id, workspaceId: workspace.workspaceId, sessionVersion: 1 }
  const value = await encode({ token, secret: testSessionSecret })
  await context.addCookies([{ name: 'patchbay-session', value, url: workspace.url, httpOnly: true, sameSite: 'Lax' }])
}
