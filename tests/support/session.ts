import type { BrowserContext } from '@playwright/test'
import { encode } from 'next-auth/jwt'
import { newId } from '@/lib/platform/db/new-id'
import type { Workspace, Person } from './workspace'
import { testSessionSecret } from './test-secrets'

/** The browser of a person who is already signed in. The log-in page has its own tests. */
export async function haveSession(
  context: BrowserContext,
  workspace: Workspace,
  person: Person = workspace.administrator,
): Promise<void> {
  const { workspaceId } = workspace
  const token = { sid: newId(), sub: person.id, workspaceId }
  await workspace.sql(
    `INSERT INTO "Session" ("id", "workspaceId", "userId", "endsAt") VALUES ($1, $2, $3, now() + interval '14 days')`,
    [token.sid, workspaceId, person.id],
  )
  const value = await encode({ token, secret: testSessionSecret })
  await context.addCookies([{ name: 'patchbay-session', value, url: workspace.url, httpOnly: true, sameSite: 'Lax' }])
}
