import 'server-only'
import { succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { noInput } from '@/lib/operations/input'
import { personOption } from './views'

/** The workspace's people, for the filter. */
export const listPeople = operation({
  name: 'list_people',
  permission: 'see',
  input: noInput,
  output: z.array(personOption),
  run: async ({ db }) => {
    const members = await db.membership.findMany({
      select: { user: { select: { id: true, name: true } } },
      orderBy: { user: { name: 'asc' } },
      take: 500,
    })
    return succeed(members.map(({ user }) => user))
  },
})
