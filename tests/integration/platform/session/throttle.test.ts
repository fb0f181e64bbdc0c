import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import { hashPassword } from '@/lib/platform/session/password'
import { signInWithPassword } from '@/lib/platform/session/sign-in'
import { askAdmission, countersOf, deleteOldCounters, forgetFailures } from '@/lib/platform/session/throttle'
import { waitForTurn } from '@/lib/platform/session/waiting-room'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'

/** How sign-ins are slowed down; the rules by themselves are in tests/unit/domain/access. */

const password = 'correct-horse-battery'
const home = '203.0.113.1'
let database: TestDatabase
let passwordHash: string
let email: string

beforeAll(async () => {
  database = await testDatabase()
  passwordHash = await hashPassword(password)
})
beforeEach(async () => {
  await systemDb().signInThrottle.deleteMany()
  email = await aPerson()
})

async function aPerson(): Promise<string> {
  const { userId } = await anActor()
  const { email: found } = await systemDb().user.update({ where: { id: userId }, data: { passwordHash } })
  return found
}

const attempt = (given: string, address: string | null = home, to = email) =>
  signInWithPassword({ email: to, address, userAgent: '' }, given)

type Answer = Awaited<ReturnType<typeof attempt>>
const codeOf = (answer: Answer) => (answer.ok ? 'signed_in' : answer.error.code)

/** How many answers of each kind. */
function counted(answers: Answer[]): Record<string, number> {
  const codes: Record<string, number> = {}
  for (const answer of answers) codes[codeOf(answer)] = (codes[codeOf(answer)] ?? 0) + 1
  return codes
}

const times = (count: number, work: (index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))

/** As if so much time had passed. */
async function pass(seconds: number): Promise<void> {
  await database.sql(
    `UPDATE "SignInThrottle" SET "blockedUntil" = "blockedUntil" - $1 * interval '1 second',
       "lastAttemptAt" = "lastAttemptAt" - $1 * interval '1 second'`,
    [seconds],
  )
}

/** Wrong ones, one after the other, without waiting for the delays. */
async function fail(count: number, address: string | null = home, to = email): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    expect(codeOf(await attempt('wrong', address, to))).toBe('not_signed_in')
    await pass(300)
  }
}

/** The current delays in seconds, longest first. */
async function delays(): Promise<number[]> {
  const rows = await database.sql<{ left: number }>(
    `SELECT extract(epoch FROM "blockedUntil" - "lastAttemptAt")::float AS "left" FROM "SignInThrottle"
     WHERE "blockedUntil" > now() ORDER BY 1 DESC`,
  )
  return rows.map(({ left }) => Math.round(left))
}

describe('right passwords', () => {
  test('200 at the same time for one account from one address all get in', { timeout: 180_000 }, async () => {
    expect(counted(await times(200, () => attempt(password)))).toEqual({ signed_in: 200 })
  })

  test('of 40 people at the same time from one address all get in', { timeout: 180_000 }, async () => {
    const people: string[] = []
    for (let index = 0; index < 40; index += 1) people.push(await aPerson())
    const answers = await times(40, (index) => attempt(password, home, people[index]))
    expect(counted(answers)).toEqual({ signed_in: 40 })
  })

  test('get in after wrong ones from the same address that continue', { timeout: 60_000 }, async () => {
    const wrong = times(4, () => attempt('wrong'))
    expect(codeOf(await attempt(password))).toBe('signed_in')
    expect(counted(await wrong)).toEqual({ not_signed_in: 4 })
  })
})

/** Five at once, then one after each delay that is short enough to wait for: 1, 2 and 4 seconds. */
const verifiedAtOnce = 8

describe('guessing a password', () => {
  test('300 at the same time from one address verify no more than 8', { timeout: 180_000 }, async () => {
    const answers = await times(300, () => attempt('wrong'))
    const { not_signed_in: verified, too_many_attempts: refused } = counted(answers)
    expect(verified).toBeLessThanOrEqual(verifiedAtOnce)
    expect(verified! + refused!).toBe(300)
  })

  test('300 at the same time in two processes verify no more either', { timeout: 180_000 }, async () => {
    vi.resetModules()
    const elsewhere = (await import('@/lib/platform/session/sign-in')).signInWithPassword
    const answers = await times(300, (index) =>
      index % 2 === 0 ? attempt('wrong') : elsewhere({ email, address: home, userAgent: '' }, 'wrong'),
    )
    expect(counted(answers).not_signed_in).toBeLessThanOrEqual(verifiedAtOnce)
  })

  test('makes an account wait 1, 2, 4 … and at most 60 seconds, also for the right password', async () => {
    const seen: number[] = []
    for (let count = 1; count <= 12; count += 1) {
      await attempt('wrong')
      seen.push((await delays())[0] ?? 0)
      await pass(61)
    }
    expect(seen).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60])
    await attempt('wrong')
    expect(await attempt(password)).toMatchObject({
      ok: false,
      error: { code: 'too_many_attempts', message: expect.stringMatching(/Try again in (1 minute|\d\d seconds)\./) },
    })
    await pass(61)
    expect(codeOf(await attempt(password))).toBe('signed_in')
  })

  test('is forgotten after the right password', async () => {
    await fail(9)
    expect(codeOf(await attempt(password))).toBe('signed_in')
    await attempt('wrong')
    expect(await delays()).toEqual([])
  })

  test('is forgotten after a quiet quarter of an hour', async () => {
    await fail(9)
    await pass(15 * 60)
    await attempt('wrong')
    expect(await delays()).toEqual([])
  })

  test('a short delay is waited for, and then the password is checked', async () => {
    for (let count = 0; count < 5; count += 1) await attempt('wrong')
    expect(await delays()).toEqual([1])
    expect(codeOf(await attempt(password))).toBe('signed_in')
  })

  test('of many accounts from one address slows that address down, and no other', async () => {
    for (let index = 0; index < 30; index += 1) await attempt('wrong', '203.0.113.9', `person${index}@example.com`)
    await fail(6, '203.0.113.9', 'one-more@example.com')
    await attempt('wrong', '203.0.113.9', 'two-more@example.com')
    expect(codeOf(await attempt(password, '203.0.113.9'))).toBe('too_many_attempts')
    expect(codeOf(await attempt(password, '203.0.113.10'))).toBe('signed_in')
  })

  test('an IPv6 network counts as one address', async () => {
    for (let count = 0; count < 5; count += 1) await attempt('wrong', `2001:db8:1:2::${count}`)
    expect(await delays()).toEqual([1])
  })
})

describe('the only administrator, while somebody guesses', () => {
  /** Of the account, after the free ones. */
  const failures = async () => (await systemDb().signInThrottle.aggregate({ _max: { failures: true } }))._max.failures

  /** Those who still wait need not: without counters they are free. */
  async function endOf(guesses: Promise<unknown>): Promise<void> {
    await systemDb().signInThrottle.deleteMany()
    await guesses
  }

  test('gets in at once from an address that signed in before', { timeout: 60_000 }, async () => {
    expect(codeOf(await attempt(password))).toBe('signed_in')
    const guesses = times(36, (index) => attempt('wrong', `198.51.100.${index}`))
    await expect.poll(failures, { timeout: 60_000 }).toBeGreaterThanOrEqual(20)
    expect(codeOf(await attempt(password))).toBe('signed_in')
    expect(codeOf(await attempt(password))).toBe('signed_in')
    await endOf(guesses)
  })

  test('finds room among more attempts than can wait', { timeout: 120_000 }, async () => {
    await attempt(password)
    const flood = Array.from({ length: 2_400 }, (_, index) => {
      const number = index % 8
      return waitForTurn({ email: `person${number}@example.com`, address: `198.51.100.${number}` })
    })
    expect(codeOf(await attempt(password))).toBe('signed_in')
    const refused = (await Promise.all(flood)).filter(({ ok }) => !ok)
    expect(refused.length).toBeGreaterThanOrEqual(2_400 - 8 * verifiedAtOnce)
  })

  test('gets in from a new address too, in turn with the others', { timeout: 120_000 }, async () => {
    let over = false
    const guess = async (address: string) => {
      while (!over) await attempt('wrong', address)
    }
    const guessing = Array.from({ length: 22 }, (_, index) => guess(`198.51.100.${index}`))
    await expect.poll(failures, { timeout: 60_000 }).toBeGreaterThanOrEqual(20)
    expect(codeOf(await attempt(password, '192.0.2.77'))).toBe('signed_in')
    over = true
    await endOf(Promise.all(guessing))
  })

  test('an address that is refused for other accounts is not refused for one that it signed in to before', async () => {
    await attempt(password)
    for (let index = 0; index < 30; index += 1) await attempt('wrong', home, `person${index}@example.com`)
    await fail(8, home, 'somebody@example.com')
    expect(codeOf(await attempt(password))).toBe('signed_in')
  })
})

describe('an unknown e-mail', () => {
  test('is slowed down like a known one, with the same message', async () => {
    const known: string[] = []
    const unknown: string[] = []
    for (let count = 0; count < 10; count += 1) {
      for (const [to, said] of [
        [email, known],
        ['nobody@example.com', unknown],
      ] as const) {
        const answer = await attempt('wrong', to === email ? home : '203.0.113.2', to)
        said.push(answer.ok ? '' : answer.error.message.replace(/\d+ second/, 'N second'))
      }
    }
    expect(unknown).toEqual(known)
    expect(known.at(-1)).toContain('Too many attempts')
  })

  test('has a password checked too: it takes about as long', async () => {
    const time = async (to: string, address: string) => {
      const begun = performance.now()
      await attempt('wrong', address, to)
      return performance.now() - begun
    }
    await time('warm@example.com', home)
    // The quickest of three: a busy machine only ever adds time.
    const known = Math.min(await time(email, '1.1.1.1'), await time(email, '1.1.1.2'), await time(email, '1.1.1.3'))
    const unknown = Math.min(
      await time('nobody@example.com', '1.1.1.4'),
      await time('no-one@example.com', '1.1.1.5'),
      await time('stranger@example.com', '1.1.1.6'),
    )
    // Without the decoy the hash (over 10 ms) would be missing altogether.
    expect(unknown).toBeGreaterThan(known / 4)
  })
})

describe('unlocking an account', () => {
  test('lets the person in immediately, also from an address that has guessed for other accounts', async () => {
    for (let index = 0; index < 30; index += 1) await attempt('wrong', home, `person${index}@example.com`)
    await fail(9)
    await attempt('wrong')
    expect(codeOf(await attempt(password))).toBe('too_many_attempts')
    await forgetFailures(email)
    expect(codeOf(await attempt(password))).toBe('signed_in')
  })

  test('leaves the failures of other accounts', async () => {
    const other = await aPerson()
    await fail(9, '203.0.113.20', other)
    await attempt('wrong', '203.0.113.20', other)
    await forgetFailures(email)
    expect(codeOf(await attempt(password, '203.0.113.20', other))).toBe('too_many_attempts')
  })
})

test('the stored keys name neither e-mail nor address', async () => {
  await attempt('wrong')
  const rows = JSON.stringify(await systemDb().signInThrottle.findMany())
  expect(rows).not.toContain(email)
  expect(rows).not.toContain(home)
})

describe('attempts of five people from one address are all counted', () => {
  const asking = async (person: number) => {
    const keys = countersOf({ email: `person${person}@example.com`, address: home })
    for (let count = 0; count < 40; count += 1) await askAdmission(keys)
  }

  async function whileRepeating(act: () => Promise<void>) {
    const asked = Promise.all(Array.from({ length: 5 }, (_, person) => asking(person)))
    let over = false
    const repeating = (async () => {
      while (!over) await act()
    })()
    await asked.finally(() => (over = true))
    await repeating
  }

  test('while the clean-up deletes their counters', async () => {
    const inAMonth = new Date(Date.now() + 30 * 24 * 60 * 60 * 1_000)
    await whileRepeating(() => deleteOldCounters(inAMonth))
  })

  test('while accounts are unlocked', () => whileRepeating(() => forgetFailures('person1@example.com')))
})
