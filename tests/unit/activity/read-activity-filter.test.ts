import { describe, expect, it } from 'vitest'
import { changeFilterOf, readActivityFilter, requestFilterOf } from '@/lib/activity/read-activity-filter'

const id = '01930000-0000-7000-8000-000000000000'
const now = new Date('2026-03-02T12:00:00.000Z')

describe('The filter of Activity', () => {
  it('is what the address says', () => {
    const search = { person: id, instance: id, of: id, outcome: 'failed', object: 'connector', period: 'hour' }
    const filter = readActivityFilter(search, now)
    const both = { userId: id, from: '2026-03-02T11:00:00.000Z' }
    expect(requestFilterOf(filter)).toEqual({ ...both, instanceId: id, outcome: 'failed' })
    expect(changeFilterOf(filter)).toEqual({ ...both, objectId: id, objectType: 'connector' })
  })

  it('has no part of what the address does not say, or says without sense', () => {
    expect(Object.keys(readActivityFilter({}, now))).toEqual([])
    const nonsense = { person: 'x', instance: "' or 1=1", of: '', outcome: 'toString', object: 'x', period: 'year' }
    expect(Object.keys(readActivityFilter(nonsense, now))).toEqual([])
  })
})
