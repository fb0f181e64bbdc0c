import { describe, expect, it, test } from 'vitest'
import { endStateOf, type EndSettings, type PayloadCounts } from '@/lib/domain/flows/repeat/end-state'
import * as states from '@/lib/domain/flows/repeat/run-states'
import type { RunState } from '@/lib/domain/flows/repeat/run-states'

const all = Object.keys(states.runStates) as RunState[]
const where = (holds: (state: RunState) => boolean) => all.filter(holds)

describe('A run', () => {
  it('has ended, or is under way', () => {
    expect(where(states.hasEnded)).toEqual(['stopped', 'succeeded', 'partly_succeeded', 'failed'])
    expect(where(states.isUnderWay)).toEqual(['queued', 'running', 'waiting', 'stopping'])
  })

  it('continues and can be stopped unless it ends', () => {
    expect(where(states.mayContinue)).toEqual(['queued', 'running', 'waiting'])
    expect(where(states.canBeStopped)).toEqual(['queued', 'running', 'waiting'])
  })

  it('can be run again after it has ended, and needs attention if something failed', () => {
    expect(where(states.canBeRunAgain)).toEqual(where(states.hasEnded))
    expect(where(states.needsAttention)).toEqual(['partly_succeeded', 'failed'])
  })

  it('that succeeded or was stopped never changes again', () => {
    for (const from of ['succeeded', 'stopped'] as const) expect(where((to) => states.canBecome(from, to))).toEqual([])
    expect(where((to) => states.canBecome('stopping', to))).toEqual(['stopped'])
    expect(where((from) => states.canBecome(from, 'queued'))).toEqual([])
  })
})

describe('The end of a run', () => {
  const end = (counts: Partial<PayloadCounts>, settings: Partial<EndSettings> = {}, given = {}) =>
    endStateOf({
      counts: { done: 0, failed: 0, parked: 0, ...counts },
      settings: { onFailed: 'partly_succeeded', onParked: 'partly_succeeded', ...settings },
      ...{ isStopped: false, hasFailed: false },
      ...given,
    })

  test.each([
    ['succeeded without payloads', end({}), 'succeeded'],
    ['succeeded', end({ done: 3 }), 'succeeded'],
    ['partly succeeded', end({ done: 3, failed: 1 }), 'partly_succeeded'],
    ['failed if the flow says so', end({ done: 3, failed: 1 }, { onFailed: 'failed' }), 'failed'],
    ['failed if nothing succeeded', end({ failed: 1 }), 'failed'],
    ['partly succeeded with an unknown outcome', end({ parked: 1 }), 'partly_succeeded'],
    ['partly succeeded if what is unknown may have succeeded', end({ failed: 1, parked: 1 }), 'partly_succeeded'],
    [
      'waiting for a person',
      end({ done: 1, failed: 1, parked: 1 }, { onParked: 'wait', onFailed: 'failed' }),
      'waiting',
    ],
    ['failed by itself', end({ done: 3 }, {}, { hasFailed: true }), 'failed'],
    ['stopped', end({ done: 3, parked: 1 }, { onParked: 'wait' }, { isStopped: true, hasFailed: true }), 'stopped'],
  ])('is %s', (_what, state, expected) => {
    expect(state).toBe(expected)
  })
})
