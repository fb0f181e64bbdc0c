import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import type { Role } from '@/lib/domain/access/roles'

let count = 0

/** A number that no other row of this test file has. */
export function next(): number {
  return ++count
}

export async function aWorkspace(name = `Workspace ${next()}`): Promise<{ id: string; name: string }> {
  return systemDb().workspace.create({ data: { name }, select: { id: true, name: true } })
}

/** A person without a usable password; sign-in tests make their own. */
export async function aUser(given: { name?: string; email?: string; passwordHash?: string } = {}) {
  const number = next()
  return systemDb().user.create({
    data: { name: `Person ${number}`, email: `person-${number}@example.com`, passwordHash: 'none', ...given },
    select: { id: true, name: true, email: true },
  })
}

/** A member of the workspace (a new one unless given) in that role, as requireActor() would return it. */
export async function anActor(role: Role = 'administrator', workspaceId?: string, name?: string): Promise<PersonActor> {
  const workspace = workspaceId ?? (await aWorkspace()).id
  const user = await aUser(name === undefined ? {} : { name })
  await systemDb().membership.create({ data: { workspaceId: workspace, userId: user.id, role } })
  return { kind: 'person', workspaceId: workspace, userId: user.id, sessionVersion: 1, label: user.name, role }
}
