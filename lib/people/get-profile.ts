import 'server-only'
import { succeed } from '@/lib/domain/result'
import { noInput } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { systemDb } from '@/lib/platform/db/client'
import { inOwnSession } from './own-session'
import { profileView } from './views'

/** The signed-in person’s own name, email and time zone. */
export const getProfile = operation({
  name: 'get_profile',
  permission: 'see',
  input: noInput,
  output: profileView,
  run: async ({ actor }) => {
    const person = inOwnSession(actor)
    if (!person.ok) return person
    const { name, email, timeZone, passwordHash } = await systemDb().user.findUniqueOrThrow({
      where: { id: person.value.userId },
      omit: { passwordHash: false },
    })
    return succeed({ name, email, timeZone: timeZone ?? '', hasPassword: passwordHash !== null })
  },
})
