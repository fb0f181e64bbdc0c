import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { z } from 'zod'
import { idleForm } from '@/lib/platform/forms/form-state'
import { setSessionCookie } from '@/lib/platform/session/cookie'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { brokenTexts, hostileRevisions } from '@/tests/support/hostile-inputs'
import { browser, Redirected } from '@/tests/support/request-scope'
import { serverActions, sourceFiles } from './exported-functions'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)
vi.mock('next/navigation', async () => (await import('@/tests/support/request-scope')).nextNavigation)
vi.mock('next/cache', () => ({ refresh: () => {} }))

/** Input from outside: schemas are closed, and every server action checks the caller and survives any input. */

beforeAll(async () => {
  await testDatabase()
})

type Node = { _zod: { def: Record<string, unknown> & { type: string } } }

/**
 * Every schema inside a schema, starting with itself, with its path; `|1` is the second alternative of a union.
 * @param enters whether to look inside a schema
 */
function schemasIn(
  node: Node,
  path: string,
  enters: (node: Node) => boolean = () => true,
  seen = new Set<Node>(),
): { path: string; node: Node }[] {
  if (seen.has(node)) return []
  seen.add(node)
  const own = { path, node }
  if (!enters(node)) return [own]
  const { def } = node._zod
  const within = (part: Node, at: string) => schemasIn(part, at, enters, seen)
  const parts = Object.entries((def.shape as Record<string, Node> | undefined) ?? {}).flatMap(([key, part]) =>
    within(part, `${path}.${key}`),
  )
  const options = ((def.options as Node[] | undefined) ?? []).flatMap((option, index) =>
    within(option, `${path}|${index}`),
  )
  const wrapped = ['innerType', 'element', 'valueType', 'in', 'out', 'left', 'right'].flatMap((key) =>
    def[key] ? within(def[key] as Node, `${path}.${key}`) : [],
  )
  return [own, ...parts, ...options, ...wrapped]
}

/** The paths of objects in a schema that would let an unknown key through. */
function openObjects(schema: Node, name: string): string[] {
  return schemasIn(schema, name)
    .filter(({ node: { _zod } }) => {
      const catchall = _zod.def.catchall as Node | undefined
      return _zod.def.type === 'object' && catchall?._zod.def.type !== 'never'
    })
    .map(({ path }) => path)
}

function isSchema(value: unknown): value is z.ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value
}

const schemaFiles = sourceFiles().filter((file) => /[\/-]schema\.ts$/.test(file))

/** Everything that the file exports, also within its lists of fields. */
async function schemasOf(file: string): Promise<[name: string, schema: Node][]> {
  const exported = Object.entries((await import(`@/${file}`)) as Record<string, unknown>)
  const nested = exported.flatMap(([name, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null && !isSchema(value)
      ? Object.entries(value).map(([key, part]) => [`${name}.${key}`, part])
      : [[name, value]],
  )
  return nested.flatMap(([name, schema]) => (isSchema(schema) ? [[name, schema as unknown as Node]] : []))
}

// Shows D5.
describe('mass assignment', () => {
  test.each(schemaFiles)('%s: an unknown key is refused at every depth', async (file) => {
    expect((await schemasOf(file)).flatMap(([name, schema]) => openObjects(schema, name))).toEqual([])
  })

  test('this check finds an open object inside a closed one', async () => {
    const { z } = await import('zod')
    const schema = z.strictObject({
      rows: z.array(z.object({ id: z.string() })).optional(),
      either: z.union([z.strictObject({}), z.looseObject({})]),
    })
    expect(openObjects(schema as unknown as Node, 'x')).toEqual(['x.rows.innerType.element', 'x.either|1'])
  })
})

/** Only searched or compared and never stored, or checked as a whole. */
const notStored =
  /\.(q|search|after|entityType|typedName|returnTo|at|password|id\.in|allowedHosts\.in\.element)(\.innerType)*$|^signIn(Again)?Schema\.password$/

// Shows D5.
describe('texts and revisions', () => {
  const takes = (node: Node, given: unknown) => (node as unknown as z.ZodType).safeParse(given).success
  const takesHalf = (node: Node) => brokenTexts.some((broken) => takes(node, broken))
  const isId = (node: Node) => (node as unknown as z.ZodType).meta()?.format === 'uuid'

  test.each(schemaFiles)('%s: half of a surrogate pair is refused in every stored text', async (file) => {
    // A pipe's first part may already refuse the input.
    const enters = (node: Node) => !isId(node) && (node._zod.def.type !== 'pipe' || takesHalf(node))
    const open = (await schemasOf(file))
      .flatMap(([name, schema]) => schemasIn(schema, name, enters))
      .filter(
        ({ path, node }) => node._zod.def.type === 'string' && !isId(node) && !notStored.test(path) && takesHalf(node),
      )
    expect(open.map(({ path }) => path)).toEqual([])
  })

  test.each(schemaFiles)('%s: a revision that is too large for the database is refused', async (file) => {
    const open = (await schemasOf(file))
      .flatMap(([name, schema]) => schemasIn(schema, name))
      .filter(({ path, node }) => path.endsWith('.revision') && hostileRevisions.some((given) => takes(node, given)))
    expect(open.map(({ path }) => path)).toEqual([])
  })

  test('this check finds nested texts and revisions', async () => {
    const { z } = await import('zod')
    const schema = z.strictObject({ rows: z.array(z.strictObject({ name: z.string().optional(), revision: z.int() })) })
    const found = schemasIn(schema as unknown as Node, 'x').map(({ path }) => path)
    expect(found).toEqual(expect.arrayContaining(['x.rows.element.name.innerType', 'x.rows.element.revision']))
  })
})

const actions = serverActions()
/** Open to signed-out people: signing in and out, and what a link allows. */
const entrance = [
  ...['signInAction', 'signInAgainAction', 'signOutAction', 'setUpAction'],
  ...['createAccountAction', 'joinWorkspaceAction', 'resetPasswordAction'],
]

type Action = (...parameters: unknown[]) => Promise<unknown>
const load = async (file: string, name: string) => ((await import(`@/${file}`)) as Record<string, Action>)[name]!

function formOf(values: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.set(name, value)
  return data
}

test('there are server actions to check', () => {
  expect(actions.length).toBeGreaterThan(30)
  expect(actions.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['createConnectorAction', 'saveInstanceAction', 'runShapeAction', ...entrance]),
  )
})

// Shows D10.
describe('deny by default', () => {
  beforeEach(async () => {
    browser.cookies.clear()
    await anActor()
  })

  test.each(actions.filter(({ name }) => !entrance.includes(name)))(
    '$name redirects signed-out people to the log-in',
    async ({ file, name, takesForm }) => {
      const action = await load(file, name)
      const work = takesForm ? action(idleForm, formOf({})) : action({})
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
  ...brokenTexts.map((broken) => ({ name: broken, connectorId: '01930000-0000-7000-8000-000000000000', url: broken })),
  ...hostileRevisions.map((revision) => ({ name: 'x', description: '', revision: String(revision) })),
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
  ...brokenTexts.map((broken) => ({ flowId: id, connectorId: id, instanceId: id, name: broken, document: broken })),
  ...hostileRevisions.map((revision) => ({ flowId: id, shapeId: id, endpointId: id, methodId: id, revision })),
  { connectorId: id, typedName: 'x\u0000', methodId: id, endpointId: id, flowId: id, instanceId: id },
  JSON.parse('{"__proto__":{"role":"administrator"},"constructor":{"prototype":{}}}') as unknown,
]

/** Errors are returned as data, and a redirect is a valid response. Anything else would show the error page. */
async function answerOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Redirected) return { redirected: error.to }
    throw error
  }
}

describe('any input gets a response with the reason', () => {
  beforeEach(async () => {
    browser.cookies.clear()
    const actor = await anActor('administrator')
    await setSessionCookie(actor)
  })

  test.each(actions.filter(({ name }) => name !== 'signOutAction'))('$name', async ({ file, name, takesForm }) => {
    const action = await load(file, name)
    const answers = takesForm
      ? await Promise.all(hostileForms.map((values) => answerOf(action(idleForm, formOf(values)))))
      : await Promise.all(hostileInputs.map((input) => answerOf(action(input))))
    for (const answer of answers) {
      expect(answer).toBeTypeOf('object')
      expect(JSON.stringify(answer)).not.toMatch(/prisma|postgres|syntax|stack|\.ts:/i)
    }
  })
})
