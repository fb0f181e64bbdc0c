import 'server-only'
import { z } from 'zod'
import { roleLabels } from '@/lib/domain/access/roles'
import { compareValues } from '@/lib/domain/history/compare-values'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { endSessions } from '@/lib/platform/session/end-sessions'
import { findMember, isLastAdministrator, lastAdministrator, ofPerson } from './membership'
import { changeRoleSchema } from './schema'

/**
 * Changes a role and ends the person's sessions in this workspace, which were opened with another role. Sessions in
 * other workspaces stay. The last administrator keeps the role.
 */
export const changeRole = operation({
  name: 'change_role',
  permission: 'administer',
  input: changeRoleSchema,
  output: z.null(),
  run: ({ workspaceId, transaction, audit }, { userId, role }) =>
    transaction(async (tx) => {
      const member = await findMember(tx, { userId })
      if (!member) return notFound('person')
      if (member.role === role) return succeed(null)
      if (role !== 'administrator' && (await isLastAdministrator(tx, workspaceId, member)))
        return lastAdministrator(member)
      await tx.membership.updateMany({ where: { userId }, data: { role } })
      await endSessions(tx, { userId, workspaceId })
      await audit(tx, {
        ...ofPerson(member),
        changes: compareValues('role', roleLabels[member.role], roleLabels[role]),
      })
      return succeed(null)
    }),
})
