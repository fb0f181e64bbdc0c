import { describe, expect, it } from 'vitest'
import { permit, systemActor, type ApiKeyActor, type PersonActor } from '@/lib/domain/access/actor'
import {
  admitKey,
  checkExpiry,
  grantRole,
  isKeyText,
  keyStateOf,
  lowerRole,
  shownPartOf,
} from '@/lib/domain/access/api-keys'
import { roles } from '@/lib/domain/access/roles'

const person: PersonActor = {
  kind: 'person',
  workspaceId: 'w',
  label: 'Dana',
  userId: 'dana',
  sessionId: 's',
  role: 'read_only',
}
const key = (given: Partial<ApiKeyActor> = {}): ApiKeyActor => ({
  kind: 'api_key',
  workspaceId: 'w',
  label: 'Nightly export',
  keyId: 'key',
  ownerId: 'dana',
  role: 'user',
  limits: null,
  callOnly: false,
  ...given,
})
const nothing = { connectorIds: [], instances: [] }
const text = `pb_${'aZ09-_'.repeat(7)}x`

describe('The role of a key', () => {
  it('is the lower one of its own and its owner’s', () => {
    const lower = roles.map((own) => roles.map((owner) => lowerRole(own, owner)))
    expect(lower).toEqual([
      ['read_only', 'read_only', 'read_only', 'read_only'],
      ['read_only', 'user', 'user', 'user'],
      ['read_only', 'user', 'manager', 'manager'],
      ['read_only', 'user', 'manager', 'administrator'],
    ])
  })

  it('may be any role up to that of the person who gives it', () => {
    const granted = roles.filter((role) => grantRole('manager', role).ok)
    expect(granted).toEqual(['read_only', 'user', 'manager'])
    expect(grantRole('manager', 'administrator')).toEqual({
      ok: false,
      error: {
        code: 'not_allowed',
        field: 'role',
        message: 'The role of an API key cannot be higher than your own role, which is “Manager”.',
      },
    })
  })
})

describe('The text of a key', () => {
  it('is pb_ and 32 bytes in base64url', () => {
    expect(isKeyText(text)).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['another prefix', text.replace('pb_', 'sk_')],
    ['a character too few', text.slice(0, -1)],
    ['a character too many', `${text}x`],
    ['a line break at the end', `${text}\n`],
    ['a character of base64 that base64url does not have', text.replace('-', '+')],
    ['a null character', text.replace('-', '\0')],
  ])('is not %s', (_what, other) => {
    expect(isKeyText(other)).toBe(false)
  })

  it('is shown with its first six characters', () => {
    expect(shownPartOf(text)).toBe('pb_aZ09-_')
  })
})

describe('A key', () => {
  const now = new Date('2026-11-30T12:00:00Z')
  const earlier = new Date('2026-11-30T11:59:59Z')
  const later = new Date('2026-11-30T12:00:01Z')

  it.each([
    ['is active without an expiry', { revokedAt: null, expiresAt: null }, 'active'],
    ['is active before its expiry', { revokedAt: null, expiresAt: later }, 'active'],
    ['has expired at its expiry', { revokedAt: null, expiresAt: now }, 'expired'],
    ['is revoked before its expiry', { revokedAt: earlier, expiresAt: later }, 'revoked'],
    ['is revoked after its expiry too', { revokedAt: now, expiresAt: earlier }, 'revoked'],
  ])('%s', (_rule, given, state) => {
    expect(keyStateOf(given, now)).toBe(state)
  })

  it('is given an expiry in the future, or none', () => {
    expect(checkExpiry(null, now)).toEqual({ ok: true, value: null })
    expect(checkExpiry(later.toISOString(), now)).toEqual({ ok: true, value: later })
    for (const past of [now, earlier])
      expect(checkExpiry(past.toISOString(), now)).toMatchObject({
        error: { code: 'invalid_input', field: 'expiresAt' },
      })
  })

  it('may keep the expiry that it has, although that has passed', () => {
    expect(checkExpiry(earlier.toISOString(), now, earlier)).toEqual({ ok: true, value: earlier })
    expect(checkExpiry(earlier.toISOString(), now, later)).toMatchObject({ ok: false })
  })
})

describe('An operation', () => {
  const allAllowed = { restrictedKeys: 'allowed', callOnlyKeys: 'allowed' } as const
  const admitted = { ok: true, value: null }

  it('accepts people, runs and Patchbay itself, whatever it says about keys', () => {
    expect(admitKey(person, {})).toEqual(admitted)
    expect(admitKey(systemActor('w'), {})).toEqual(admitted)
  })

  it('accepts a key without limits', () => {
    expect(admitKey(key(), {})).toEqual(admitted)
  })

  it('refuses a restricted key unless it allows restricted keys, and says why', () => {
    const restricted = key({ limits: nothing })
    expect(admitKey(restricted, { callOnlyKeys: 'allowed' })).toMatchObject({
      error: { code: 'not_allowed', message: expect.stringContaining('limited to some connectors or instances') },
    })
    expect(admitKey(restricted, { restrictedKeys: 'refused' })).toMatchObject({ ok: false })
    expect(admitKey(restricted, { restrictedKeys: 'allowed' })).toEqual(admitted)
  })

  it('refuses a key that may only call unless it allows such keys, and says why', () => {
    const caller = key({ callOnly: true })
    expect(admitKey(caller, { restrictedKeys: 'allowed' })).toMatchObject({
      error: { code: 'not_allowed', message: expect.stringContaining('may only call endpoints') },
    })
    expect(admitKey(caller, { callOnlyKeys: 'refused' })).toMatchObject({ ok: false })
    expect(admitKey(caller, { callOnlyKeys: 'allowed' })).toEqual(admitted)
  })

  it('accepts a key with both limits only if it allows both', () => {
    const both = key({ callOnly: true, limits: nothing })
    expect(admitKey(both, { callOnlyKeys: 'allowed' })).toMatchObject({ ok: false })
    expect(admitKey(both, { restrictedKeys: 'allowed' })).toMatchObject({ ok: false })
    expect(admitKey(both, allAllowed)).toEqual(admitted)
  })

  it('tells a person to ask an administrator, and a program to use another key', () => {
    expect(permit(person, 'run')).toMatchObject({ error: { message: expect.stringContaining('Ask an administrator') } })
    expect(permit(key({ role: 'read_only' }), 'run')).toMatchObject({
      error: { code: 'not_allowed', message: expect.stringContaining('role of this API key') },
    })
  })
})
