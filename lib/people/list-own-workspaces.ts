import 'server-only'
import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { noInput } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { systemDb } from '@/lib/platform/db/client'
import { inOwnSession } from './own-session'
import { ownWorkspaceView } from './views'

/** The switcher shows at most these; a person in more of them is an exception. */
const mostWorkspaces = 200

/** The workspaces of the signed-in person, by name, including the current one. */
export const listOwnWorkspaces = operation({
  name: 'list_own_workspaces',
  permission: 'see',
  input: noInput,
  output: z.array(ownWorkspaceView),
  run: async ({ actor }) => {
    const person = inOwnSession(actor)
    if (!person.ok) return person
    const rows = await systemDb().membership.findMany({
      where: { userId: person.value.userId },
      select: { role: true, workspace: { select: { id: true, name: true } } },
      orderBy: [{ workspace: { name: 'asc' } }, { workspaceId: 'asc' }],
      take: mostWorkspaces,
    })
    return succeed(rows.map(({ role, workspace }) => ({ ...workspace, role })))
  },
})
