import { describe, expect, it } from 'vitest'
import {
  admit,
  afterSuccess,
  waitInWords,
  type Counter,
  type CounterKind,
  type Counters,
} from '@/lib/domain/access/sign-in-throttle'

const start = new Date('2026-01-01T12:00:00Z')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000)
const fresh: Counter = { failures: 0, lastAttemptAt: start, blockedUntil: null, succeededAt: null }
const none: Counters = { pair: fresh, account: fresh, address: fresh }
const everyKind: CounterKind[] = ['pair', 'account', 'address']

function admitted(counters: Counters, at: Date): Counters {
  const admission = admit(counters, at)
  if (!admission.goes) throw new Error(`blocked by ${admission.by}`)
  return admission.counters
}

/** The counters after that many failures, each at the earliest possible time. */
function after(failures: number, kind: CounterKind = 'pair'): Counters {
  let counters = none
  let at = start
  for (let count = 0; count < failures; count += 1) {
    // Only this kind continues to count.
    counters = { ...none, [kind]: admitted({ ...none, [kind]: counters[kind]! }, at)[kind] }
    at = counters[kind]!.blockedUntil ?? at
  }
  return counters
}

const delayOf = ({ lastAttemptAt, blockedUntil }: Counter) =>
  blockedUntil === null ? 0 : (blockedUntil.getTime() - lastAttemptAt.getTime()) / 1_000

describe('failed sign-ins', () => {
  it.each([
    ['pair', [4, 5, 6, 7, 8, 10, 11, 12, 60], [0, 1, 2, 4, 8, 32, 60, 60, 60]],
    ['account', [19, 20, 21, 22, 23, 500], [0, 1, 2, 4, 4, 4]],
    ['address', [29, 30, 31, 34, 39, 40, 100], [0, 1, 2, 16, 512, 900, 900]],
  ] as const)('of one %s double the delay each time, after the free attempts', (kind, failures, seconds) => {
    expect(failures.map((count) => delayOf(after(count, kind)[kind]!))).toEqual(seconds)
  })

  it('allow another attempt only when the delay is over', () => {
    const counters = after(5)
    const until = counters.pair.blockedUntil!
    expect(admit(counters, new Date(until.getTime() - 1))).toEqual({ goes: false, until, by: 'pair' })
    expect(admit(counters, until)).toMatchObject({ goes: true, counters: { pair: { failures: 6 } } })
  })

  it('are counted before the password is checked, so that six attempts at once are not all free', () => {
    let counters = none
    for (let count = 0; count < 5; count += 1) counters = admitted(counters, start)
    expect(admit(counters, start)).toMatchObject({ goes: false, by: 'pair' })
  })

  it('block until the last of several blocks ends', () => {
    const [pair, address] = [after(5).pair, after(34, 'address').address!]
    const at = new Date(address.blockedUntil!.getTime() - 1)
    const counters = { ...none, pair: { ...pair, blockedUntil: new Date(at.getTime() + 1) }, address }
    expect(admit(counters, new Date(at.getTime() - 500))).toMatchObject({ by: 'pair' })
  })

  it('no longer count a quarter of an hour after the last delay', () => {
    const counters = after(60)
    const { lastAttemptAt } = counters.pair
    const quiet = (seconds: number) => new Date(lastAttemptAt.getTime() + seconds * 1_000)
    expect(admitted(counters, quiet(60 + 899)).pair.failures).toBe(61)
    expect(admitted(counters, quiet(60 + 900)).pair).toMatchObject({ failures: 1, blockedUntil: null })
  })

  it('from an unknown address count against the account', () => {
    const admission = admit({ pair: fresh, account: fresh }, start)
    expect(admission).toMatchObject({ goes: true, counted: ['pair', 'account'] })
  })
})

describe('an address that signed in to the account before', () => {
  const known = (pair: Partial<Counter> = {}): Counters => ({
    pair: { ...fresh, succeededAt: start, ...pair },
    account: after(500, 'account').account,
    address: after(100, 'address').address!,
  })

  it('is not delayed by the failures of others, and does not delay others', () => {
    const counters = known()
    const admission = admit(counters, later(1))
    expect(admission).toMatchObject({ goes: true, counted: ['pair'] })
    expect(admission).toMatchObject({ counters: { account: counters.account, address: counters.address } })
  })

  it('is delayed by its own failures', () => {
    expect(admit(known({ failures: 9, blockedUntil: later(16) }), later(1))).toMatchObject({ goes: false, by: 'pair' })
  })

  it('counts as unknown after 90 days', () => {
    const blocked = { ...none, pair: { ...fresh, succeededAt: later(-90 * 86_400) } }
    expect(admit(blocked, start)).toMatchObject({ counted: everyKind })
    expect(admit({ ...none, pair: { ...fresh, succeededAt: later(-90 * 86_400 + 1) } }, start)).toMatchObject({
      counted: ['pair'],
    })
  })
})

describe('a correct password', () => {
  it('resets the counter of the pair, which is then known', () => {
    expect(afterSuccess(after(9), ['pair'], later(60)).pair).toEqual({
      failures: 0,
      lastAttemptAt: later(60),
      blockedUntil: null,
      succeededAt: later(60),
    })
  })

  it('takes its own attempt off the other counters, and removes only a block that it caused itself', () => {
    const counters = { pair: fresh, account: after(20, 'account').account, address: after(32, 'address').address! }
    const left = afterSuccess(counters, everyKind, later(1))
    expect(left.account).toMatchObject({ failures: 19, blockedUntil: null })
    expect(left.address).toMatchObject({ failures: 31, blockedUntil: counters.address.blockedUntil })
  })

  it('does not change a counter that did not count the attempt', () => {
    const counters = { pair: fresh, account: after(7, 'account').account }
    expect(afterSuccess(counters, ['pair'], start).account).toEqual(counters.account)
  })
})

it.each([
  [0.2, '1 second'],
  [29.1, '30 seconds'],
  [60, '1 minute'],
  [61, '2 minutes'],
  [900, '15 minutes'],
])('%d seconds read as %s', (seconds, words) => {
  expect(waitInWords(later(seconds), start)).toBe(words)
})
