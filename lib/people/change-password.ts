import 'server-only'
import { z } from 'zod'
import type { PersonActor } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { systemDb } from '@/lib/platform/db/client'
import { endSessions } from '@/lib/platform/session/end-sessions'
import { hashPassword, verifyPassword } from '@/lib/platform/session/password'
import { recordSuccess } from '@/lib/platform/session/throttle'
import { waitForTurn, wake } from '@/lib/platform/session/waiting-room'
import { ofPerson } from './membership'
import { inOwnSession } from './own-session'
import { changePasswordSchema } from './schema'

/**
 * Changes the signed-in person’s own password and ends their other sessions, in all workspaces. The current password is
 * asked for, because a computer may be left unlocked; guessing it is slowed down like signing in.
 */
export const changePassword = operation({
  name: 'change_password',
  permission: 'see',
  input: changePasswordSchema,
  output: z.strictObject({ endedSessions: z.int() }),
  run: async ({ actor, transaction, audit }, { currentPassword, newPassword }) => {
    const person = inOwnSession(actor)
    if (!person.ok) return person
    const { userId, sessionId, label } = person.value
    const verified = await verifyOwnPassword(person.value, currentPassword)
    if (!verified.ok) return verified
    const passwordHash = await hashPassword(newPassword)
    return transaction(async (tx) => {
      // Another change of the password, in another session or by a reset link, goes first.
      const { count } = await tx.user.updateMany({
        where: { id: userId, passwordHash: verified.value },
        data: { passwordHash },
      })
      if (count === 0) return wrongPassword()
      await tx.passwordReset.deleteMany({ where: { userId } })
      const endedSessions = await endSessions(tx, { userId, exceptId: sessionId })
      await audit(tx, {
        ...ofPerson({ id: userId, name: label }),
        changes: [{ field: 'password', how: 'replaced' }],
      })
      return succeed({ endedSessions })
    })
  },
})

const wrongPassword = () => refuse('invalid_input', 'This is not your current password.', 'currentPassword')

/** @returns the hash that the password matched */
async function verifyOwnPassword({ userId, address }: PersonActor, password: string): Promise<Result<string>> {
  const { email, passwordHash } = await systemDb().user.findUniqueOrThrow({
    where: { id: userId },
    omit: { passwordHash: false },
  })
  if (passwordHash === null)
    return refuse(
      'not_allowed',
      'You sign in through single sign-on and have no password here. An administrator can create a link with which you set one.',
    )
  const admitted = await waitForTurn({ email, address: address ?? null })
  if (!admitted.ok) return admitted
  if (!(await verifyPassword(password, passwordHash))) return wrongPassword()
  await recordSuccess(admitted.value.keys, admitted.value.counted)
  wake(admitted.value.keys)
  return succeed(passwordHash)
}
