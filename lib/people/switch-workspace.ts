import 'server-only'
import { z } from 'zod'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { systemDb } from '@/lib/platform/db/client'
import { moveSession } from '@/lib/platform/session/open-session'
import { inOwnSession } from './own-session'
import { switchWorkspaceSchema } from './schema'

/** Moves the signed-in person’s session to another of their workspaces. */
export const switchWorkspace = operation({
  name: 'switch_workspace',
  permission: 'see',
  input: switchWorkspaceSchema,
  output: z.strictObject({ workspaceId: z.string() }),
  run: async ({ actor }, { workspaceId }) => {
    const person = inOwnSession(actor)
    if (!person.ok) return person
    const moved = await moveSession(systemDb(), person.value, workspaceId)
    return moved
      ? succeed({ workspaceId })
      : refuse('not_found', 'You are not in this workspace. You may have been removed.')
  },
})
