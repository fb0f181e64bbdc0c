import { beforeAll, describe, expect, test, vi } from 'vitest'
import { routes } from '@/lib/api/routes'
import { isRepeatable, type Route } from '@/lib/api/route'
import { may, roles, type Role } from '@/lib/domain/access/roles'
import { keyNotAllowed, beyondKeyLimits, callsOnly } from '@/lib/domain/refusals'
import { systemDb } from '@/lib/platform/db/client'
import { aProgram, sendWith, type Program, type Sent } from '@/tests/support/api-program'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { anHttpServer } from '@/tests/support/servers'
import { everyOperation } from '../operations/every-operation'
import { aWholeWorkspace, contentOf, marker, type WholeWorkspace } from '../security/whole-workspace'
import { addressOf, examples, type Example } from './examples'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** Every route of the API, with keys of every kind (issue: operation × entry point × role). */

const database = await testDatabase()

const thirdParty = () =>
  anHttpServer((_request, response) => response.setHeader('content-type', 'application/json').end('{"orders":[]}'))

/** Operations that the API does not offer, and why. */
const notOffered: Record<string, string> = {
  authorise_instance: 'the callback of a third party, in a browser',
  call_with_report: 'a report for agents; programs get the response as it is',
  cancel_authorisation_link: 'a person’s own, in a browser',
  change_password: 'a person’s own, in a session',
  check_instance_name: 'for a form while somebody types',
  continue_authorisation_link: 'begins in the browser of a person',
  count_failing_instances: 'a number of the sidebar; list_instances filters by status',
  count_new_requests: 'for a page that is open',
  describe_endpoint: 'for agents; get_endpoint and list_variables have it',
  discard_authorisation: 'what a person typed before they went to the third party',
  get_import_progress: 'for a page that is open; get_import has it',
  write_import: 'for the job; confirm_import starts it',
  dismiss_first_steps: 'a page',
  end_other_sessions: 'a person’s own, in a session',
  end_session: 'a person’s own, in a session',
  find_callable_instance: 'for the examples of a page',
  find_authorisation_link: 'a page for the person who opens a link',
  get_authorised_instance: 'a page after an authorisation',
  get_connector_icon: 'an image, at its own address',
  get_filter_names: 'for a form of filters',
  get_first_steps: 'a page',
  get_installation: 'of the server, not of a workspace',
  get_mail_settings: 'of the server, not of a workspace',
  get_method_endpoints: 'for a form; list_endpoints has them',
  get_method_setup: 'a page; get_method and list_variables have it',
  get_new_instance: 'a page; get_method and list_variables have it',
  get_outbound_policy: 'of the server, not of a workspace',
  get_profile: 'a person’s own, in a session',
  get_sandbox_offer: 'a page',
  get_trial_endpoint: 'a page; get_endpoint has it',
  get_workspace_settings: 'a page of administrators',
  install_sandbox_connector: 'starts a process of the server',
  list_connector_choices: 'for a form; list_connectors has them',
  list_connector_instances: 'a card of a page; list_instances has them',
  list_filter_choices: 'for a form of filters',
  list_instance_options: 'for a form; list_instances has them',
  list_latest_failures: 'a part of a page; list_requests has them',
  list_own_workspaces: 'a person’s own: a key belongs to one workspace',
  list_request_groups: 'a page; list_requests has them',
  list_sessions: 'a person’s own, in a session',
  list_trial_instances: 'for a form; list_instances has them',
  list_trial_methods: 'for a form; list_methods has them',
  retry_authorisation: 'begins in the browser of a person',
  save_profile: 'a person’s own, in a session',
  save_retention: 'a page of administrators',
  save_return_addresses: 'a page of administrators',
  send_test_mail: 'of the server, not of a workspace',
  switch_workspace: 'a person’s own: a key belongs to one workspace',
  try_sandbox: 'starts a process of the server',
  try_with_instance: 'a report for a page',
  try_with_typed_values: 'a report for a page',
}

test('every operation is offered, or there is a reason why not', async () => {
  const offered = new Set(routes.map(({ operation }) => operation.definition.name))
  const missing = (await everyOperation()).map(({ name }) => name).filter((name) => !offered.has(name))
  expect(missing.sort()).toEqual(Object.keys(notOffered).sort())
})

test('every route has its own ID and its own address', () => {
  expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length)
  expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length)
})

const rows = routes.map((route) => [`${route.method} ${route.path} (${route.id})`, route] as const)

async function exampleOf(route: Route, world: WholeWorkspace): Promise<Example> {
  const example = examples[route.id]
  if (!example) throw new Error(`tests/integration/api/examples.ts has no request for ${route.id}`)
  return example(world)
}

/** The request of the example, without a key. */
async function requestOf(route: Route, world: WholeWorkspace) {
  const { path = {}, query, body, revision = 1, refusedWith } = await exampleOf(route, world)
  const values: Record<string, string> = { ...addressOf(world), ...path }
  const address = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name]!))
  const hasBody = body !== undefined && route.method !== 'GET'
  const headers: Record<string, string> = route.needsRevision ? { 'if-match': `"${revision}"` } : {}
  return {
    ...{ method: route.method, path: `${address}${query === undefined ? '' : `?${query}`}`, refusedWith },
    options: { headers, ...(hasBody && { body }) },
  }
}

async function ask(program: Program, route: Route, world: WholeWorkspace): Promise<Sent> {
  const { method, path, options } = await requestOf(route, world)
  return program.send(method, path, options)
}

const codeOf = ({ body }: Sent) => (body as { code?: string } | null)?.code ?? null
const detailOf = ({ body }: Sent) => (body as { detail?: string } | null)?.detail ?? null

describe('with a key that may do it', () => {
  test.each(rows)('%s works, and returns no secret', async (_name, route) => {
    const world = await aWholeWorkspace((await thirdParty()).url)
    const program = await aProgram(world.administrator, { role: 'administrator' })
    const { refusedWith = null } = await requestOf(route, world)
    const answer = await ask(program, route, world)
    expect({ code: codeOf(answer), detail: refusedWith === null ? detailOf(answer) : null }).toEqual({
      code: refusedWith,
      detail: null,
    })
    if (refusedWith === null) expect([200, 201, 204]).toContain(answer.status)
    expect(JSON.stringify(answer.body)).not.toContain('planted-')
    if (route.method === 'GET' && route.resource && 'revision' in (answer.body as object))
      expect(answer.headers.get('etag')).toBe(`"${(answer.body as { revision: number }).revision}"`)
  })
})

describe('with a key that may not', () => {
  let world: WholeWorkspace
  let content: string
  const programs = new Map<string, Program>()

  beforeAll(async () => {
    world = await aWholeWorkspace('https://third-party.invalid')
    // Its use is noted once a minute, which would be a change too.
    const lastUsedAt = new Date(Date.now() + 3_600_000)
    for (const role of roles) programs.set(role, await aProgram(world.administrator, { role, lastUsedAt }))
    const all = { role: 'administrator', lastUsedAt } as const
    programs.set(
      'limited',
      await aProgram(world.administrator, { ...all, limits: { connectorIds: [world.connectorId] } }),
    )
    programs.set('call only', await aProgram(world.administrator, { ...all, callOnly: true }))
    programs.set('revoked', await aProgram(world.administrator, { ...all, revokedAt: new Date() }))
    programs.set('expired', await aProgram(world.administrator, { ...all, expiresAt: new Date(0) }))
    for (const role of roles) programs.set(`foreign ${role}`, await aProgram(await anActor(role), { role }))
    content = await contentOf(database, world.workspaceId)
  })

  const nothingHappened = async () => expect(await contentOf(database, world.workspaceId)).toBe(content)

  test.each(rows)('%s is refused, in the same words as everywhere', async (_name, route) => {
    const { permission, restrictedKeys, callOnlyKeys } = route.operation.definition
    for (const role of roles.filter((one: Role) => !may(one, permission)))
      expect(await ask(programs.get(role)!, route, world)).toMatchObject({
        status: 403,
        body: { code: 'not_allowed', detail: keyNotAllowed().error.message },
      })
    if (restrictedKeys !== 'allowed')
      expect(detailOf(await ask(programs.get('limited')!, route, world))).toBe(beyondKeyLimits().error.message)
    if (callOnlyKeys !== 'allowed')
      expect(detailOf(await ask(programs.get('call only')!, route, world))).toBe(callsOnly().error.message)
    for (const key of ['revoked', 'expired'])
      expect(await ask(programs.get(key)!, route, world)).toMatchObject({
        status: 401,
        body: { code: 'not_signed_in' },
      })
    const { method, path, options } = await requestOf(route, world)
    expect(await sendWith(null, method, path, options)).toMatchObject({ status: 401 })
    await nothingHappened()
  })

  test.each(rows)('%s neither shows nor changes anything of another workspace', async (_name, route) => {
    for (const role of roles.filter((one: Role) => may(one, route.operation.definition.permission))) {
      const answer = await ask(programs.get(`foreign ${role}`)!, route, world)
      if (/\{(?!preset)/.test(route.path)) expect(codeOf(answer)).toBe('not_found')
      expect(JSON.stringify(answer.body)).not.toContain(marker)
    }
    await nothingHappened()
  })

  const changing = rows.filter(([, route]) => route.method !== 'GET')

  test.each(changing)('%s refuses a body that is no object, and an unknown property', async (_name, route) => {
    const program = programs.get('administrator')!
    const { method, path, options } = await requestOf(route, world)
    // A file may contain anything.
    if (route.method !== 'DELETE' && !route.receive) {
      expect(await program.send(method, path, { ...options, body: '[1' })).toMatchObject({ status: 400 })
      expect(
        await program.send(method, path, { ...options, body: { ...options.body, unknownThing: 1 } }),
      ).toMatchObject({
        status: 422,
        body: { code: 'invalid_input' },
      })
    }
    const separator = path.includes('?') ? '&' : '?'
    expect(await program.send(method, `${path}${separator}unknownThing=1`, options)).toMatchObject({ status: 422 })
    await nothingHappened()
  })

  const revised = rows.filter(([, route]) => route.needsRevision)

  test.each(revised)('%s needs the current revision', async (_name, route) => {
    const program = programs.get('administrator')!
    const { method, path, options } = await requestOf(route, world)
    expect(await program.send(method, path, { ...options, headers: {} })).toMatchObject({
      status: 428,
      body: { code: 'revision_needed' },
    })
    const stale = await program.send(method, path, { ...options, headers: { 'if-match': '"99"' } })
    const { refusedWith = 'changed_by_someone_else' } = await requestOf(route, world)
    expect(codeOf(stale)).toBe(refusedWith)
    if (refusedWith === 'changed_by_someone_else') expect(stale.status).toBe(412)
    await nothingHappened()
  })
})

describe('a change that names nothing', () => {
  const changes = rows.filter(([, route]) => route.method === 'PATCH' && route.resource)

  test.each(changes)('%s keeps everything', async (_name, route) => {
    const world = await aWholeWorkspace((await thirdParty()).url)
    const program = await aProgram(world.administrator, { role: 'administrator' })
    const { path, options } = await requestOf(route, world)
    const before = await program.send('GET', path.split('?')[0]!)
    const answer = await program.send('PATCH', path, { headers: options.headers, body: {} })
    expect(detailOf(answer)).toBeNull()
    const after = await program.send('GET', path.split('?')[0]!)
    const kept = ({ body }: Sent) => {
      const { revision: _, updatedAt: __, updatedBy: ___, icon: ____, ...rest } = body as Record<string, unknown>
      return rest
    }
    expect(kept(after)).toEqual(kept(before))
  })
})

describe('an Idempotency-Key', () => {
  const creating = rows.filter(([, route]) => isRepeatable(route))

  test.each(creating)('%s creates once, and returns nothing a second time that is shown once', async (_name, route) => {
    const world = await aWholeWorkspace((await thirdParty()).url)
    const program = await aProgram(world.administrator, { role: 'administrator' })
    const { method, path, options } = await requestOf(route, world)
    const headers = { ...options.headers, 'idempotency-key': 'the-first' }
    const first = await program.send(method, path, { ...options, headers })
    expect(first).toMatchObject({ status: route.status })
    const content = await contentOf(database, world.workspaceId)
    const second = await program.send(method, path, { ...options, headers })
    expect(second.status).toBe(route.status)
    expect(second.headers.get('patchbay-repeated')).toBe('true')
    expect(second.headers.get('location')).toBe(first.headers.get('location'))
    if (route.again) expect(second.body).toEqual(first.body)
    else expect(second.body).toMatchObject({ id: (first.body as { id: string }).id })
    for (const once of ['key', 'url'])
      if (['create_api_key', 'invite_person'].includes(route.id)) expect(second.body).not.toHaveProperty(once)
    const other = await program.send(method, `${path}${path.includes('?') ? '&' : '?'}q=1`, { ...options, headers })
    expect(other).toMatchObject({ status: 422, body: { code: 'repeated_with_other_content' } })
    expect(await contentOf(database, world.workspaceId)).toBe(content)
    const { keyId } = program
    expect(await systemDb().idempotencyKey.count({ where: { actor: `api_key:${keyId}` } })).toBe(1)
  })
})
