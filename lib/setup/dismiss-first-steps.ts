import 'server-only'
import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'

/** Closes the checklist of the first steps, for this person in this workspace. */
export const dismissFirstSteps = operation({
  name: 'dismiss_first_steps',
  permission: 'see',
  input: z.strictObject({}),
  output: z.null(),
  run: async ({ actor, db }) => {
    if (actor.kind === 'person')
      await db.membership.updateMany({
        where: { userId: actor.userId },
        data: { firstStepsDismissedAt: new Date() },
      })
    return succeed(null)
  },
})
