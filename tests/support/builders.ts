import { systemDb } from '@/lib/platform/db/client'
import { foldName } from '@/lib/domain/names'
import type { PersonActor } from '@/lib/domain/access/actor'
import type { Role } from '@/lib/domain/access/roles'
import type { Prisma } from '@/lib/platform/db/generated/client'
import type { Client } from '@/lib/platform/session/client'
import type { SessionClaims } from '@/lib/platform/session/cookie'
import { sessionSeconds } from '@/lib/platform/session/open-sessions'

let count = 0

/** A number that is unique in this test file. */
export function next(): number {
  return ++count
}

export async function aWorkspace(name = `Workspace ${next()}`): Promise<{ id: string; name: string }> {
  return systemDb().workspace.create({ data: { name }, select: { id: true, name: true } })
}

/** A person without a usable password. Sign-in tests create their own. */
export async function aUser(given: { name?: string; email?: string; passwordHash?: string } = {}) {
  const number = next()
  return systemDb().user.create({
    data: { name: `Person ${number}`, email: `person-${number}@example.com`, passwordHash: 'none', ...given },
    select: { id: true, name: true, email: true },
  })
}

/** A browser or program that sends no information about itself. */
export const noClient: Client = { userAgent: '', address: null }

/** An open session of a member, as in a cookie. */
export async function aSession(
  { workspaceId, userId }: { workspaceId: string; userId: string },
  given: Partial<Prisma.SessionUncheckedCreateInput> = {},
): Promise<SessionClaims> {
  const endsAt = new Date(Date.now() + sessionSeconds * 1_000)
  const data = { workspaceId, userId, endsAt, ...given }
  const { id } = await systemDb().session.create({ data, select: { id: true } })
  return { sessionId: id, userId, workspaceId }
}

/** A member of the workspace (a new one unless given) with that role, as requireActor() would return it. */
export async function anActor(role: Role = 'administrator', workspaceId?: string, name?: string): Promise<PersonActor> {
  const workspace = workspaceId ?? (await aWorkspace()).id
  const user = await aUser(name === undefined ? {} : { name })
  const foldedName = foldName(user.name)
  await systemDb().membership.create({ data: { workspaceId: workspace, userId: user.id, role, foldedName } })
  const { sessionId } = await aSession({ workspaceId: workspace, userId: user.id })
  return { kind: 'person', workspaceId: workspace, userId: user.id, sessionId, label: user.name, role }
}
