import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { z } from 'zod'
import { idleForm } from '@/lib/platform/forms/form-state'
import { startSession } from '@/lib/platform/session/cookie'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { browser, Redirected } from '@/tests/support/request-scope'
import { serverActions, sourceFiles } from './exported-functions'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)
vi.mock('next/navigation', async () => (await import('@/tests/support/request-scope')).nextNavigation)
vi.mock('next/cache', () => ({ refresh: () => {} }))

/**
 * What comes in from outside: schemas are closed, and every server action asks who calls and survives whatever is sent.
 */

beforeAll(async () => {
  await testDatabase()
})

type Node = { _zod: { def: Record<string, unknown> & { type: string } } }

/** The paths of objects in a schema that would let an unknown key through. */
function openObjects(node: Node, path: string, seen = new Set<Node>()): string[] {
  if (seen.has(node)) return []
  seen.add(node)
  const { def } = node._zod
  const inner = (key: string, at: string) => openObjects(def[key] as Node, at, seen)
  const catchall = def.catchall as Node | undefined
  const own = def.type === 'object' && catchall?._zod.def.type !== 'never' ? [path] : []
  const parts = Object.entries((def.shape as Record<string, Node> | undefined) ?? {}).flatMap(([key, part]) =>
    openObjects(part, `${path}.${key}`, seen),
  )
  const options = ((def.options as Node[] | undefined) ?? []).flatMap((option, index) =>
    openObjects(option, `${path}|${index}`, seen),
  )
  const wrapped = ['innerType', 'element', 'valueType', 'in', 'out', 'left', 'right'].flatMap((key) =>
    def[key] ? inner(key, `${path}.${key}`) : [],
  )
  return [...own, ...parts, ...options, ...wrapped]
}

function isSchema(value: unknown): value is z.ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value
}

describe('mass assignment', () => {
  const files = sourceFiles().filter((file) => /[\/-]schema\.ts$/.test(file))

  test.each(files)('%s: an unknown key is refused at every depth', async (file) => {
    const schemas = Object.entries((await import(`@/${file}`)) as Record<string, unknown>)
    const nested = schemas.flatMap(([name, value]): [string, unknown][] =>
      typeof value === 'object' && value !== null && !isSchema(value)
        ? Object.entries(value).map(([key, part]) => [`${name}.${key}`, part])
        : [[name, value]],
    )
    expect(
      nested.flatMap(([name, schema]) => (isSchema(schema) ? openObjects(schema as unknown as Node, name) : [])),
    ).toEqual([])
  })

  test('the check itself finds an open object inside a closed one', async () => {
    const { z } = await import('zod')
    const schema = z.strictObject({
      rows: z.array(z.object({ id: z.string() })).optional(),
      either: z.union([z.strictObject({}), z.looseObject({})]),
    })
    expect(openObjects(schema as unknown as Node, 'x')).toEqual(['x.rows.innerType.element', 'x.either|1'])
  })
})

const actions = serverActions()
/** Open to whoever is signed out: the way in and out. */
const entrance = ['signInAction', 'signOutAction', 'setUpAction']

type Action = (...parameters: unknown[]) => Promise<unknown>
const load = async (file: string, name: string) => ((await import(`@/${file}`)) as Record<string, Action>)[name]!

function formOf(values: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.set(name, value)
  return data
}

test('there are server actions to look at', () => {
  expect(actions.length).toBeGreaterThan(30)
  expect(actions.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['createConnectorAction', 'saveInstanceAction', 'runShapeAction', ...entrance]),
  )
})

describe('deny by default', () => {
  beforeEach(async () => {
    browser.cookies.clear()
    await anActor()
  })

  test.each(actions.filter(({ name }) => !entrance.includes(name)))(
    '$name sends whoever is signed out to the log-in',
    async ({ file, name }) => {
      const action = await load(file, name)
      const work = action(action.length > 1 ? idleForm : {}, formOf({}))
      await expect(work).rejects.toBeInstanceOf(Redirected)
      await expect(work).rejects.toMatchObject({ to: expect.stringMatching(/^\/login/) })
    },
  )
})

const tooLong = 'x'.repeat(10_000)
const hostileForms: Record<string, string>[] = [
  {},
  { name: tooLong },
  { name: 'a\u0000b', connectorId: 'not-an-id' },
  Object.fromEntries([
    ['__proto__', 'x'],
    ['constructor', 'x'],
    ['locked', 'true'],
  ]),
  { email: 'a\u0000b@acme.test', password: 'x\u0000', returnTo: 'javascript:alert(1)' },
]
const id = '01930000-0000-7000-8000-000000000000'
const hostileInputs = [
  undefined,
  null,
  0,
  tooLong,
  'a\u0000b',
  [],
  {},
  { instanceId: 'not-an-id', connectorId: 'not-an-id' },
  { instanceId: { $ne: null }, flowId: ['x'], search: { toString: 'x' } },
  { instanceId: id, search: '\u0000', after: '\u0000' },
  { instanceId: id, search: '\ud800', after: 'WyJcdTAwMDAiLCJ4Il0' },
  { flowId: id, shapeId: id },
  { connectorId: id, typedName: 'x\u0000', methodId: id, endpointId: id, flowId: id, instanceId: id },
  JSON.parse('{"__proto__":{"role":"administrator"},"constructor":{"prototype":{}}}') as unknown,
]

/** Refusals are data; a redirect is an answer too. Everything else would be the error page. */
async function answerOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Redirected) return { redirected: error.to }
    throw error
  }
}

describe('whatever is sent is answered, with a refusal that says what is wrong', () => {
  beforeEach(async () => {
    browser.cookies.clear()
    const actor = await anActor('administrator')
    await startSession({ userId: actor.userId, workspaceId: actor.workspaceId, sessionVersion: 1 })
  })

  test.each(actions.filter(({ name }) => name !== 'signOutAction'))('$name', async ({ file, name }) => {
    const action = await load(file, name)
    const answers =
      action.length > 1
        ? await Promise.all(hostileForms.map((values) => answerOf(action(idleForm, formOf(values)))))
        : await Promise.all(hostileInputs.map((input) => answerOf(action(input))))
    for (const answer of answers) {
      expect(answer).toBeTypeOf('object')
      expect(JSON.stringify(answer)).not.toMatch(/prisma|postgres|syntax|stack|\.ts:/i)
    }
  })
})
