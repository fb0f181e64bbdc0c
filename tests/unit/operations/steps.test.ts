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
  it('is called with an actor who was permitted', () => {
    const allowed = permit(actor, 'change')
    expect(allowed.ok && labelIn(allowed.value)).toBe('Alex')
    expect(allowed.ok && labelOf({ actor: allowed.value })).toBe('Alex')
  })

  it('is not called with any other: the compiler says so', () => {
    // @ts-expect-error nobody asked whether this actor may
    expect(labelIn(actor)).toBe('Alex')
    // @ts-expect-error a context that no runner made
    expect(labelOf({ actor })).toBe('Alex')
  })

  it('is not reached by a person who may not', () => {
    expect(permit({ ...actor, role: 'read_only' }, 'change')).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
  })
})
