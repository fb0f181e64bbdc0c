import { describe, expect, test } from 'vitest'
import { linkStateOf } from '@/lib/authorisations/links/link-state'

const now = new Date('2026-11-29T12:00:00Z')
const minutes = (count: number) => new Date(now.getTime() + count * 60_000)
const pending = (state: 'live' | 'consumed' | 'superseded', endedAt: Date | null = null) => ({ state, endedAt })

describe('The state of an authorisation link', () => {
  test.each([
    ['nobody opened it yet', { state: 'waiting', expiresAt: minutes(1), pending: null }, 'waiting'],
    ['nobody opened it in time', { state: 'waiting', expiresAt: now, pending: null }, 'expired'],
    ['a newer one replaced it', { state: 'superseded', expiresAt: minutes(1), pending: null }, 'expired'],
    ['the person is away', { state: 'opened', expiresAt: minutes(1), pending: pending('live') }, 'opened'],
    ['the person did not return', { state: 'opened', expiresAt: now, pending: pending('live') }, 'expired'],
    [
      'the code is exchanged after the person returned in the last moment',
      { state: 'opened', expiresAt: minutes(-4), pending: pending('consumed', minutes(-5)) },
      'opened',
    ],
    [
      'the process that exchanged the code ended',
      { state: 'opened', expiresAt: minutes(-9), pending: pending('consumed', minutes(-10)) },
      'expired',
    ],
    [
      'another authorisation began',
      { state: 'opened', expiresAt: minutes(1), pending: pending('superseded', now) },
      'expired',
    ],
    ['it succeeded', { state: 'succeeded', expiresAt: minutes(-1), pending: pending('consumed', now) }, 'succeeded'],
    ['it was refused', { state: 'refused', expiresAt: minutes(-1), pending: null }, 'refused'],
  ] as const)('if %s', (_when, link, state) => {
    expect(linkStateOf(link, now)).toBe(state)
  })
})
