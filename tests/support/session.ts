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
  await context.addCookies([await sessionCookie(workspace, person.id)])
}

/** The cookie of a session that begins now. */
export async function sessionCookie(
  { url, workspaceId, sql }: Pick<Workspace, 'url' | 'workspaceId' | 'sql'>,
  sub: string,
) {
  const token = { sid: newId(), sub, workspaceId }
  await sql(
    `INSERT INTO "Session" ("id", "workspaceId", "userId", "endsAt") VALUES ($1, $2, $3, now() + interval '14 days')`,
    [token.sid, workspaceId, sub],
  )
  const value = await encode({ token, secret: testSessionSecret })
  return { name: 'patchbay-session', value, url, httpOnly: true, sameSite: 'Lax' as const }
}
