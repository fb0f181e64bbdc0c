import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { unreadableInput } from '@/lib/domain/refusals'
import type { Result } from '@/lib/domain/result'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { brokenTexts, hostileRevisions } from '@/tests/support/hostile-inputs'
import { doors } from './doors'
import { aWholeWorkspace, contentOf, type WholeWorkspace } from './whole-workspace'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** Changes the input of an operation before it arrives. */
const way = vi.hoisted(() => ({ craft: (input: unknown) => input }))
vi.mock('@/lib/operations/input', async (load) => {
  const real = await load<typeof import('@/lib/operations/input')>()
  const readInput: typeof real.readInput = (schema, input) => real.readInput(schema, way.craft(input))
  return { ...real, readInput }
})

/** Every operation, with each text and each revision of a valid input replaced in turn by a crafted one. */

let database: TestDatabase
let world: WholeWorkspace

beforeAll(async () => {
  database = await testDatabase()
  process.env.PATCHBAY_BUILT_IN_DATABASE = 'true'
  const server = createServer((_request, response) => response.end('{}'))
    .listen(0, '127.0.0.1')
    .unref()
  await once(server, 'listening')
  world = await aWholeWorkspace(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})

type Door = (typeof doors)[string]
type Path = readonly string[]

class Recorded extends Error {}

/** The input of an operation's call, which is not carried out; null if it reads none. */
async function inputOf({ call }: Door): Promise<unknown> {
  let input: unknown = null
  way.craft = (given) => {
    input = given
    throw new Recorded()
  }
  try {
    await call(world.administrator, world)
  } catch (error) {
    if (!(error instanceof Recorded)) throw error
  }
  return input
}

/** Operations that it calls receive their input unchanged. */
async function callWith({ call }: Door, path: Path, value: unknown): Promise<Result<unknown>> {
  way.craft = (given) => {
    way.craft = (next) => next
    return replaced(given, path, value)
  }
  return call(world.administrator, world)
}

/** Inputs that are only used for searching, which may find nothing. */
const searches = ['q', 'search', 'text', 'after']

/** The paths of values that the predicate accepts. */
function pathsIn(input: unknown, takes: (value: unknown, key: string) => boolean, path: Path = []): Path[] {
  if (takes(input, path.at(-1) ?? '')) return [path]
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([key, part]) => pathsIn(part, takes, [...path, key]))
}

function replaced(input: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value
  const copy = (Array.isArray(input) ? [...(input as unknown[])] : { ...(input as object) }) as Record<string, unknown>
  return Object.assign(copy, { [key]: replaced(copy[key], rest, value) })
}

describe.each(Object.entries(doors))('%s', (name, door) => {
  test('refuses a revision that is too large for the database as invalid', async () => {
    const paths = pathsIn(await inputOf(door), (_value, key) => key === 'revision')
    for (const path of paths) {
      for (const revision of hostileRevisions) {
        const error = { code: 'invalid_input', message: unreadableInput, field: path.join('.') }
        expect(await callWith(door, path, revision)).toMatchObject({ ok: false, error })
      }
    }
  })

  test('never fails on half of a surrogate pair in a text, and never stores one', async () => {
    const before = await contentOf(database, world.workspaceId)
    const paths = pathsIn(await inputOf(door), (value) => typeof value === 'string')
    for (const path of paths) {
      for (const text of brokenTexts) {
        const answer = await callWith(door, path, text)
        if (door.permission === 'see' || searches.includes(path.at(-1) ?? '')) continue
        expect([path, answer]).toMatchObject([path, { ok: false }])
      }
    }
    if (!name.endsWith('#completeAuthorisation')) expect(await contentOf(database, world.workspaceId)).toBe(before)
  })
})

test('this check sends revisions and texts', async () => {
  const input = await inputOf(doors['lib/endpoints/save-endpoint.ts#saveEndpoint']!)
  expect(pathsIn(input, (_value, key) => key === 'revision')).toEqual([['revision']])
  expect(pathsIn(input, (value) => typeof value === 'string')).toEqual(expect.arrayContaining([['name'], ['url']]))
})
