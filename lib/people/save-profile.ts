import 'server-only'
import { z } from 'zod'
import { compareValues } from '@/lib/domain/history/compare-values'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { systemDb } from '@/lib/platform/db/client'
import { ofPerson } from './membership'
import { inOwnSession } from './own-session'
import { saveProfileSchema } from './schema'

/** Changes the signed-in person’s own name and time zone, in all their workspaces. */
export const saveProfile = operation({
  name: 'save_profile',
  permission: 'see',
  input: saveProfileSchema,
  output: z.null(),
  run: async ({ actor, transaction, audit }, { name, timeZone }) => {
    const person = inOwnSession(actor)
    if (!person.ok) return person
    const { userId } = person.value
    const before = await systemDb().user.findUniqueOrThrow({ where: { id: userId } })
    return transaction(async (tx) => {
      await tx.user.update({ where: { id: userId }, data: { name, timeZone: timeZone === '' ? null : timeZone } })
      // eslint-disable-next-line no-restricted-syntax -- a person has one name in all their workspaces
      await tx.$executeRaw`UPDATE "Membership" SET "foldedName" = ${foldName(name)} WHERE "userId" = ${userId}::uuid`
      await audit(tx, {
        ...ofPerson({ id: userId, name }),
        changes: [
          ...compareValues('name', before.name, name),
          ...compareValues('timeZone', before.timeZone ?? '', timeZone),
        ],
      })
      return succeed(null)
    })
  },
})
