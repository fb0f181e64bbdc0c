import { describe, expect, it } from 'vitest'
import { permit, type PermittedActor, type PersonActor } from '@/lib/domain/access/actor'
import type { Context } from '@/lib/operations/operation'

const actor: PersonActor = {
  kind: 'person',
  workspaceId: '01930000-0000-7000-8000-000000000000',
  label: 'Alex',
  userId: '01930000-0000-7000-8000-000000000001',
  sessionId: 's',
  role: 'manager',
}
const labelIn = (permitted: PermittedActor) => permitted.label
const labelOf = ({ actor: permitted }: Pick<Context, 'actor'>) => permitted.label

describe('A step of an operation', () => {
  it('can be called with a permitted actor', () => {
    const allowed = permit(actor, 'change')
    expect(allowed.ok && labelIn(allowed.value)).toBe('Alex')
    expect(allowed.ok && labelOf({ actor: allowed.value })).toBe('Alex')
  })

  it('cannot be called with any other actor: the compiler refuses it', () => {
    // @ts-expect-error the permission of this actor was not checked
    expect(labelIn(actor)).toBe('Alex')
    // @ts-expect-error a context that was not created by the runner
    expect(labelOf({ actor })).toBe('Alex')
  })

  it('cannot be called for a person without the permission', () => {
    expect(permit({ ...actor, role: 'read_only' }, 'change')).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
  })
})
