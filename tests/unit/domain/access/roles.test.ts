import { describe, expect, it } from 'vitest'
import { permit } from '@/lib/domain/access/actor'
import { may, roles, type Permission, type Role } from '@/lib/domain/access/roles'

const allowed: Record<Role, Permission[]> = {
  read_only: ['see'],
  user: ['see', 'run'],
  manager: ['see', 'run', 'change'],
  administrator: ['see', 'run', 'change', 'administer'],
}
const permissions: Permission[] = ['see', 'run', 'change', 'administer']

describe('What each role may do (PRODUCT: Roles)', () => {
  it.each(roles.flatMap((role) => permissions.map((permission) => [role, permission] as const)))(
    '%s may %s only if the table allows it',
    (role, permission) => {
      expect(may(role, permission)).toBe(allowed[role].includes(permission))
    },
  )

  it('is decided by the actor of a query or mutation', () => {
    const actor = {
      kind: 'person',
      workspaceId: 'w',
      userId: 'u',
      sessionId: 's',
      label: 'Dana',
      role: 'read_only',
    } as const
    expect(permit(actor, 'see').ok).toBe(true)
    expect(permit(actor, 'change')).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
  })
})
