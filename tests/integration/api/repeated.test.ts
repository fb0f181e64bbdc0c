import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { deleteOldIdempotencyKeys } from '@/lib/api/delete-old-idempotency-keys'
import { systemDb } from '@/lib/platform/db/client'
import { aProgram, type Program } from '@/tests/support/api-program'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** A request that creates something and is sent again with the same Idempotency-Key (DATA §14). */

const database = await testDatabase()

let owner: PersonActor
let program: Program

beforeEach(async () => {
  owner = await anActor('administrator')
  program = await aProgram(owner, { role: 'administrator' })
})

const create = (name: string, key = 'one', by = program) =>
  by.send('POST', '/flows', { body: { name }, headers: { 'idempotency-key': key } })
const flows = () =>
  systemDb().flow.findMany({ where: { workspaceId: owner.workspaceId }, orderBy: { createdAt: 'asc' } })

test('returns the object as it is now', async () => {
  const first = await create('Nightly')
  const { id } = first.body as { id: string }
  await program.send('PATCH', `/flows/${id}`, { body: { name: 'Weekly' }, headers: { 'if-match': '"1"' } })
  const second = await create('Nightly')
  expect(second).toMatchObject({ status: 201, body: { id, name: 'Weekly', revision: 2 } })
  expect(second.headers.get('etag')).toBe('"2"')
  expect(await flows()).toHaveLength(1)
})

test('of twenty at once creates one object; the others wait or get it', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => create('Nightly')))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([])
  expect(await flows()).toHaveLength(1)
  for (const { status, body, headers } of answers)
    if (status === 409) {
      expect(body).toMatchObject({ code: 'already_under_way' })
      expect(headers.get('retry-after')).toBe('1')
    }
  expect(await create('Nightly')).toMatchObject({ status: 201 })
})

test('may be corrected after it was refused', async () => {
  expect(await create('')).toMatchObject({ status: 422 })
  expect(await create('Nightly')).toMatchObject({ status: 201 })
  expect(await flows()).toHaveLength(1)
})

test('belongs to its key of the API', async () => {
  const other = await aProgram(owner, { role: 'administrator' })
  expect(await create('Nightly')).toMatchObject({ status: 201 })
  expect(await create('Weekly', 'one', other)).toMatchObject({ status: 201 })
  expect(await flows()).toHaveLength(2)
})

test('can be used again after a day, and is deleted then', async () => {
  await create('Nightly')
  const dayAgo = new Date(Date.now() - 24 * 60 * 60 * 1000)
  await systemDb().idempotencyKey.updateMany({ data: { createdAt: dayAgo } })
  expect(await create('Weekly')).toMatchObject({ status: 201, body: { name: 'Weekly' } })
  await deleteOldIdempotencyKeys(new Date())
  expect(await systemDb().idempotencyKey.count({ where: { workspaceId: owner.workspaceId } })).toBe(1)
  await deleteOldIdempotencyKeys(new Date(Date.now() + 25 * 60 * 60 * 1000))
  expect(await systemDb().idempotencyKey.count({ where: { workspaceId: owner.workspaceId } })).toBe(0)
})

test('of a process that was killed is free again when it cannot be running any more', async () => {
  await create('Nightly')
  await systemDb().flow.deleteMany({ where: { workspaceId: owner.workspaceId } })
  const killed = (createdAt: Date) => systemDb().idempotencyKey.updateMany({ data: { objectId: null, createdAt } })
  await killed(new Date())
  expect(await create('Nightly')).toMatchObject({ status: 409, body: { code: 'already_under_way' } })
  await killed(new Date(Date.now() - 11 * 60 * 1000))
  expect(await create('Nightly')).toMatchObject({ status: 201 })
})

test('creates nothing if a later request with the same key has taken over', async () => {
  const { sql } = database
  await sql(`CREATE FUNCTION take_over() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN UPDATE "IdempotencyKey" SET "createdAt" = "createdAt" + interval '11 minutes'; RETURN NEW; END $$`)
  await sql(`CREATE TRIGGER take_over BEFORE INSERT ON "Flow" FOR EACH ROW EXECUTE FUNCTION take_over()`)
  try {
    expect(await create('Nightly')).toMatchObject({ status: 500, body: { code: 'unexpected' } })
    expect(await flows()).toEqual([])
  } finally {
    await sql(`DROP TRIGGER take_over ON "Flow"`)
  }
})

describe('a key that is no key', () => {
  test.each(['', 'x'.repeat(256), 'ü', 'with space'])('%j is refused', async (key) => {
    expect(await create('Nightly', key)).toMatchObject({ status: 400, body: { code: 'malformed_request' } })
    expect(await flows()).toEqual([])
  })
})
