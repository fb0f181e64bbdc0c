import { beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { env } from '@/lib/platform/env'
import { sessionCookieName, encodeSession } from '@/lib/platform/session/cookie'
import { systemDb } from '@/lib/platform/db/client'
import { aProgram, sendWith } from '@/tests/support/api-program'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

/** Requests of our own pages with the session of a person, and how often a key may ask. */

await testDatabase()

let person: PersonActor
/** As the browser of the person sends it. */
let cookie: string

beforeEach(async () => {
  person = await anActor('administrator')
  const { sessionId, userId, workspaceId } = person
  cookie = `theme=dark; ${sessionCookieName()}=${await encodeSession({ sessionId, userId, workspaceId })}`
})

describe('a session', () => {
  const flow = { body: { name: 'Nightly' } }

  test('reads, and changes something from a page of this installation', async () => {
    expect(await sendWith(null, 'GET', '/flows', { headers: { cookie } })).toMatchObject({ status: 200 })
    const headers = { cookie, origin: 'http://localhost:3000' }
    expect(await sendWith(null, 'POST', '/flows', { ...flow, headers })).toMatchObject({ status: 201 })
    const [line] = await systemDb().auditLog.findMany({ where: { workspaceId: person.workspaceId } })
    expect(line).toMatchObject({ action: 'create_flow', actorKind: 'person', userId: person.userId })
  })

  test('changes nothing for a request whose origin is unknown', async () => {
    expect(await sendWith(null, 'POST', '/flows', { ...flow, headers: { cookie } })).toMatchObject({
      status: 403,
      body: { code: 'not_allowed' },
    })
    expect(await systemDb().flow.count({ where: { workspaceId: person.workspaceId } })).toBe(0)
  })

  test('that has ended is refused', async () => {
    await systemDb().session.deleteMany({ where: { id: person.sessionId } })
    expect(await sendWith(null, 'GET', '/flows', { headers: { cookie } })).toMatchObject({ status: 401 })
  })

  test('does not help a key that cannot be used', async () => {
    expect(await sendWith(`Bearer pb_${'x'.repeat(43)}`, 'GET', '/flows', { headers: { cookie } })).toMatchObject({
      status: 401,
    })
  })
})

describe('a key that asks too often', () => {
  test('reads how many requests are left, and when there are more', async () => {
    const program = await aProgram(person, { role: 'user' })
    const { headers } = await program.send('GET', '/flows')
    const limit = env().PATCHBAY_API_REQUESTS_PER_MINUTE
    expect(headers.get('ratelimit-policy')).toBe(`"key";q=${limit};w=60`)
    expect(headers.get('ratelimit')).toMatch(new RegExp(`^"key";r=${limit - 1};t=\\d+$`))
  })

  test('is refused after that, and other keys are not', async () => {
    const [busy, calm] = [await aProgram(person, { role: 'user' }), await aProgram(person, { role: 'user' })]
    const limit = env().PATCHBAY_API_REQUESTS_PER_MINUTE
    // An address that does not exist counts too, and costs nothing else.
    for (let number = 0; number < limit; number += 1) await busy.send('GET', '/nothing')
    const refused = await busy.send('GET', '/flows')
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit')).toContain('r=0')
    expect(await calm.send('GET', '/flows')).toMatchObject({ status: 200 })
  })
})
