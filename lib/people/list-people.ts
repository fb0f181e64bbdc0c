import 'server-only'
import { userIdOf } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { listPeopleSchema, peopleSorts } from './schema'
import { personView } from './views'

/** One page of the people of the workspace whose name or email matches. */
export const listPeople = operation({
  name: 'list_people',
  permission: 'administer',
  input: listPeopleSchema,
  output: listPageOf(personView),
  run: async ({ actor, db }, params) => {
    const matches = { contains: likeLiteral(foldName(params.q)) }
    const where: Prisma.MembershipWhereInput =
      params.q === '' ? {} : { OR: [{ foldedName: matches }, { user: { email: matches } }] }
    const page = keyset<Prisma.MembershipWhereInput, Prisma.MembershipOrderByWithRelationInput>(
      params,
      peopleSorts,
      'userId',
    )
    const [rows, total] = await Promise.all([
      db.membership.findMany({
        where: { AND: [where, page.where] },
        orderBy: page.orderBy,
        take: page.take,
        include: { user: { select: { name: true, email: true } } },
      }),
      db.membership.count({ where }),
    ])
    const found = rows.map((row) => ({ ...row, id: row.userId }))
    const { items, ...rest } = toPage(found, total, params, peopleSorts)
    return succeed({
      ...rest,
      items: items.map(({ id, user, role, createdAt, lastSignInAt }) => ({
        id,
        name: user.name,
        email: user.email,
        role,
        addedAt: createdAt.toISOString(),
        lastSignInAt: lastSignInAt?.toISOString() ?? null,
        isSelf: actor.kind === 'person' && userIdOf(actor) === id,
      })),
    })
  },
})
