import { describe, expect, it } from 'vitest'
import {
  changeFilterOf,
  filterIdsOf,
  isNarrowed,
  readActivityFilter,
  requestFilterOf,
} from '@/lib/activity/read-activity-filter'

const id = '01930000-0000-7000-8000-000000000000'
const now = new Date('2026-03-02T12:00:00.000Z')

describe('The filter of Activity', () => {
  it('is read from the address', () => {
    const called = { connector: id, instance: id, endpoint: id, flow: id }
    const traced = { trace: id }
    const ended = { outcome: 'failed', status: '5xx' }
    const search = { person: id, of: id, ...called, ...traced, ...ended, object: 'connector', period: 'hour' }
    const filter = readActivityFilter(search, now)
    const both = { userId: id, from: '2026-03-02T11:00:00.000Z' }
    const ids = { connectorId: id, instanceId: id, endpointId: id, flowId: id, correlationId: id }
    expect(requestFilterOf(filter)).toEqual({ ...both, ...ids, ...ended })
    expect(filterIdsOf(filter)).toEqual({ ...called, person: id })
    expect(changeFilterOf(filter)).toEqual({ ...both, objectId: id, objectType: 'connector' })
  })

  it('can select what an API key did, in the parameter for people', () => {
    const filter = readActivityFilter({ person: `key:${id}` }, now)
    expect(filter).toEqual({ keyId: id })
    expect(changeFilterOf(filter)).toMatchObject({ keyId: id })
    expect(requestFilterOf(filter)).toEqual({ keyId: id })
    expect(filterIdsOf(filter)).toMatchObject({ key: id, person: undefined })
    for (const person of ['key:', 'key:x', `${id.slice(0, 8)}key:${id.slice(8)}`, `key:key:${id}`, `KEY:${id}`])
      expect(readActivityFilter({ person }, now)).toEqual({})
  })

  it('can select what Patchbay did by itself, without a person', () => {
    const filter = readActivityFilter({ person: 'system', status: '401' }, now)
    expect(requestFilterOf(filter)).toEqual({ bySystem: true, status: '401' })
    expect(Object.keys(requestFilterOf(filter))).toEqual(['bySystem', 'status'])
    expect(filterIdsOf(filter).person).toBeUndefined()
  })

  it('can have a time range, which replaces the period', () => {
    const range = { from: '2026-02-01T00:00:00Z', to: '2026-02-02T10:30:00Z' }
    expect(requestFilterOf(readActivityFilter({ ...range, period: 'hour' }, now))).toEqual(range)
    expect(changeFilterOf(readActivityFilter(range, now))).toEqual(range)
    expect(readActivityFilter({ to: range.to, period: 'hour' }, now)).toEqual({ to: range.to })
    const wrong = { from: 'banana', to: '0000-01-01T00:00:00Z' }
    expect(Object.keys(readActivityFilter(wrong, now))).toEqual([])
    expect(isNarrowed(wrong, readActivityFilter(wrong, now)), 'so that it can be cleared').toBe(true)
    expect(isNarrowed({ sort: '-at' }, readActivityFilter({}, now))).toBe(false)
    expect(isNarrowed({}, readActivityFilter({ outcome: 'failed' }, now))).toBe(true)
  })

  it('ignores missing and invalid values in the address', () => {
    expect(Object.keys(readActivityFilter({}, now))).toEqual([])
    const nonsense = { person: 'x', instance: "' or 1=1", of: '', outcome: 'toString', object: 'x', period: 'year' }
    const numbers = { connector: '1', endpoint: 'x', flow: '%', status: '999' }
    expect(Object.keys(readActivityFilter({ ...nonsense, ...numbers }, now))).toEqual([])
  })
})
