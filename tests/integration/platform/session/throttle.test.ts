import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import { hashPassword } from '@/lib/platform/session/password'
import { signInWithPassword } from '@/lib/platform/session/sign-in'
import { anActor } from '../../../support/builders'
import { testDatabase } from '../../../support/database'

const password = 'correct-horse-battery'
const start = new Date('2026-01-01T12:00:00Z')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000)
let email: string

beforeAll(async () => {
  await testDatabase()
})
beforeEach(async () => {
  await systemDb().signInThrottle.deleteMany()
  const actor = await anActor()
  const user = await systemDb().user.update({
    where: { id: actor.userId },
    data: { passwordHash: await hashPassword(password) },
    select: { email: true },
  })
  email = user.email
})

const attempt = (given: string, at = start, from: string | null = '203.0.113.1', to = email) =>
  signInWithPassword({ email: to, address: from, userAgent: '' }, given, at)

async function fail(times: number, at = start) {
  for (let index = 0; index < times; index += 1) await attempt('wrong', at)
}

describe('guessing a password', () => {
  it('after five wrong ones even the right one waits, and the refusal says how long', async () => {
    await fail(5)
    expect(await attempt(password)).toMatchObject({
      ok: false,
      error: { code: 'too_many_attempts', message: expect.stringContaining('Try again in 30 seconds') },
    })
    expect(await attempt(password, later(31))).toMatchObject({ ok: true })
  })

  it('each further one waits twice as long', async () => {
    await fail(5)
    await fail(1, later(31))
    expect(await attempt(password, later(31))).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('1 minute') },
    })
  })

  it('many at once get no more than the free attempts', async () => {
    const results = await Promise.all(Array.from({ length: 12 }, () => attempt('wrong')))
    expect(results.filter((result) => !result.ok && result.error.code === 'not_signed_in')).toHaveLength(5)
    expect(results.filter((result) => !result.ok && result.error.code === 'too_many_attempts')).toHaveLength(7)
  })

  it('an unknown e-mail is slowed like a known one', async () => {
    for (let index = 0; index < 5; index += 1) await attempt('wrong', start, null, 'nobody@example.com')
    expect(await attempt('wrong', start, null, 'nobody@example.com')).toMatchObject({
      ok: false,
      error: { code: 'too_many_attempts' },
    })
  })

  it('one address that tries many e-mails is slowed, another address is not', async () => {
    for (let index = 0; index < 30; index += 1)
      await attempt('wrong', start, '203.0.113.9', `person${index}@example.com`)
    expect(await attempt(password, start, '203.0.113.9')).toMatchObject({
      ok: false,
      error: { code: 'too_many_attempts' },
    })
    expect(await attempt(password, start, '203.0.113.10')).toMatchObject({ ok: true })
  })

  it('signing in clears the count of the e-mail but not of the address', async () => {
    await fail(4)
    expect(await attempt(password)).toMatchObject({ ok: true })
    await fail(4)
    expect(await attempt(password)).toMatchObject({ ok: true })
    expect(await systemDb().signInThrottle.findMany()).toMatchObject([{ failures: 8 }])
  })

  it('the stored keys tell neither e-mail nor address', async () => {
    await fail(1)
    const rows = JSON.stringify(await systemDb().signInThrottle.findMany())
    expect(rows).not.toContain(email)
    expect(rows).not.toContain('203.0.113.1')
  })

  it('an unknown e-mail takes about as long as a wrong password', async () => {
    const time = async (to: string) => {
      const begun = performance.now()
      await attempt('wrong', start, null, to)
      return performance.now() - begun
    }
    await time('warm@example.com')
    // The quickest of three: a busy machine only ever adds time.
    const known = Math.min(await time(email), await time(email), await time(email))
    const unknown = Math.min(
      await time('nobody@example.com'),
      await time('no-one@example.com'),
      await time('stranger@example.com'),
    )
    // Without the decoy the hash (over 10 ms) would be missing altogether.
    expect(unknown).toBeGreaterThan(known / 4)
  })
})
