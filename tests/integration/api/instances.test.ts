import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { systemDb } from '@/lib/platform/db/client'
import { acmeConnector, acmeEndpoint, acmeMethod, type Acme, type AcmeMethod } from '@/tests/support/acme-builders'
import { aProgram, type Program } from '@/tests/support/api-program'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { anHttpServer } from '@/tests/support/servers'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** What a program does with instances: it names variables by key, and never sees a secret. */

await testDatabase()

let owner: PersonActor
let program: Program
let acme: Acme
let method: AcmeMethod
/** The status of the third party's next responses. */
let status: number

const password = 'planted-password'

beforeEach(async () => {
  status = 200
  owner = await anActor('administrator')
  program = await aProgram(owner, { role: 'manager' })
  const { url } = await anHttpServer((request, response) => {
    const expected = `Basic ${Buffer.from(`shop:${password}`).toString('base64')}`
    const accepted = request.headers.authorization === expected
    response.statusCode = status === 200 && !accepted ? 401 : status
    response.setHeader('content-type', 'application/json').end('{}')
  })
  acme = await acmeConnector(owner.workspaceId, url)
  method = await acmeMethod(acme, 'basic')
})

const create = (values: object, more: object = {}) =>
  program.send('POST', '/instances', {
    body: { connectorId: acme.connectorId, methodId: method.id, details: { name: 'Shop' }, values, ...more },
  })

async function created(): Promise<string> {
  const { status: answered, body } = await create({ username: 'shop', password })
  expect(answered).toBe(201)
  return (body as { id: string }).id
}

describe('an instance', () => {
  test('is refused with what is wrong with the request, and not with what to do on a page', async () => {
    expect((await create({}, { details: { name: 7 } })).body).toMatchObject({
      ...{ status: 422, code: 'invalid_input', field: 'details.name' },
      detail: '“details.name” has to be text, not a number.',
    })
    expect((await create({}, { colour: 'red' })).body).toMatchObject({
      detail: 'The input has no property “colour”. Leave it out.',
    })
  })

  test('is created with keys of connector, method and variables, verified, and returned without its secrets', async () => {
    const connector = await systemDb().connector.findFirstOrThrow({ where: { id: acme.connectorId } })
    const { key } = await systemDb().authenticationMethod.findFirstOrThrow({ where: { id: method.id } })
    const answer = await create({ username: 'shop', password }, { connectorId: connector.key, methodId: key })
    expect(answer).toMatchObject({
      status: 201,
      body: { name: 'Shop', verified: true, health: { status: 'connected' }, details: { timeZone: 'UTC' } },
    })
    expect(JSON.stringify(answer.body)).not.toContain(password)
    const { id } = answer.body as { id: string }
    expect((await program.send('GET', `/instances/${(answer.body as { key: string }).key}`)).body).toMatchObject({ id })
  })

  test('with credentials that the API rejects is not stored (rule R6)', async () => {
    const refused = await create({ username: 'shop', password: 'wrong' })
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'rejected', report: { outcome: 'rejected', status: 401 } },
    })
    expect(await systemDb().instance.count({ where: { connectorId: acme.connectorId } })).toBe(0)
  })

  test('that cannot be verified is stored only if the program says so (rule R6)', async () => {
    status = 503
    expect(await create({ username: 'shop', password })).toMatchObject({
      status: 422,
      body: { code: 'could_not_tell' },
    })
    const stored = await create({ username: 'shop', password }, { withoutVerifying: true })
    expect(stored).toMatchObject({ status: 201, body: { verified: false, health: { status: 'not_verified' } } })
  })

  test('names the variable that is missing or unknown', async () => {
    expect(await create({ username: 'shop' })).toMatchObject({ status: 422 })
    expect(await create({ username: 'shop', passwort: 'x' })).toMatchObject({
      status: 422,
      body: { code: 'unknown_variable', field: 'values.passwort' },
    })
  })

  test('is changed where the body says so; what is not sent is kept', async () => {
    const id = await created()
    const headers = { 'if-match': '"1"' }
    const changed = await program.send('PATCH', `/instances/${id}`, { headers, body: { details: { labels: ['eu'] } } })
    expect(changed).toMatchObject({ status: 200, body: { details: { name: 'Shop', labels: ['eu'] }, revision: 2 } })
    expect(await program.send('POST', `/instances/${id}/check`)).toMatchObject({ body: { outcome: 'accepted' } })
  })

  test('keeps its credentials when new ones are rejected', async () => {
    const id = await created()
    const headers = { 'if-match': '"1"' }
    expect(
      await program.send('PATCH', `/instances/${id}`, { headers, body: { values: { password: 'wrong' } } }),
    ).toMatchObject({ status: 422, body: { code: 'rejected' } })
    expect(await program.send('POST', `/instances/${id}/check`)).toMatchObject({ body: { outcome: 'accepted' } })
  })

  test('is tested with other credentials, of which nothing is stored', async () => {
    const id = await created()
    const tested = (values: object) => program.send('POST', `/instances/${id}/test`, { body: { values } })
    expect(await tested({ password: 'wrong' })).toMatchObject({ status: 200, body: { outcome: 'rejected' } })
    expect(await tested({})).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
  })

  test('offers the endpoints that accept its method, and no others (rule R1)', async () => {
    const id = await created()
    const endpoint = await acmeEndpoint(acme, method, '/orders')
    await acmeEndpoint(acme, null, '/hidden')
    const { body } = await program.send('GET', `/instances/${id}/endpoints`)
    expect(body).toMatchObject({ items: [{ id: endpoint.id }], counts: { offered: 1, hidden: 1 } })
  })

  test('is found by a key that may only call, with its health; nothing else is', async () => {
    const id = await created()
    const caller = await aProgram(owner, { role: 'user', callOnly: true })
    expect(await caller.send('GET', '/instances?q=shop')).toMatchObject({
      status: 200,
      body: { total: 1, items: [{ id, status: 'connected', method: { id: method.id } }] },
    })
    expect(await caller.send('GET', `/instances/${id}/endpoints`)).toMatchObject({ status: 200 })
    expect(await caller.send('GET', '/connectors')).toMatchObject({ status: 403 })
  })

  test('of a key limited to it is the only one that the key sees', async () => {
    const id = await created()
    await create({ username: 'shop', password }, { details: { name: 'Another' } })
    const limited = await aProgram(owner, { role: 'user', limits: { instanceIds: [id] } })
    expect((await limited.send('GET', '/instances')).body).toMatchObject({ total: 1, items: [{ id }] })
    expect(await limited.send('GET', `/instances/${id}`)).toMatchObject({ status: 200 })
    expect(await limited.send('POST', `/instances/${id}/check`)).toMatchObject({ body: { outcome: 'accepted' } })
    const other = await systemDb().instance.findFirstOrThrow({ where: { name: 'Another' } })
    expect(await limited.send('GET', `/instances/${other.id}`)).toMatchObject({ status: 404 })
    expect(await limited.send('POST', `/instances/${other.id}/check`)).toMatchObject({ status: 404 })
  })

  test('is filtered by connector, method and status', async () => {
    const id = await created()
    const found = async (query: string) =>
      ((await program.send('GET', `/instances?${query}`)).body as { items: { id: string }[] }).items
    expect(await found(`connectorId=${acme.connectorId}&methodId=${method.id}&status=connected`)).toMatchObject([
      { id },
    ])
    expect(await found('status=failing')).toEqual([])
    expect(await found('connectorId=unknown')).toEqual([])
    await program.send('POST', `/instances/${id}/disable`, { body: { confirmed: true } })
    expect(await found('status=disabled')).toMatchObject([{ id }])
  })
})

describe('an instance that a person has to authorise', () => {
  test('is created with a link for a person, and its secrets wait; the address of the third party is not returned', async () => {
    const oauth = await acmeMethod(acme, 'oauth2_authorization_code')
    const values = { client_id: 'shop', client_secret: password, scope: 'orders.read' }
    const { status: answered, body } = await program.send('POST', '/instances', {
      body: { connectorId: acme.connectorId, methodId: oauth.id, details: { name: 'Authorised shop' }, values },
    })
    expect(answered).toBe(201)
    const { id, health, authorisation } = body as {
      id: string
      health: { status: string }
      authorisation: { id: string; url: string }
    }
    expect(health.status).toBe('awaiting_authorisation')
    expect(authorisation.url).toMatch(/^http:\/\/localhost:3000\/authorise\/[\w-]{43}$/)
    expect(JSON.stringify(body)).not.toContain(acme.url)
    const polled = await program.send('GET', `/instances/${id}/authorisations/${authorisation.id}`)
    expect(polled).toMatchObject({ status: 200, body: { id: authorisation.id, state: 'waiting' } })
    expect(JSON.stringify(polled.body)).not.toContain(authorisation.url.split('/').at(-1))
  })

  test('gets another link on demand, which goes only where the workspace allows', async () => {
    const oauth = await acmeMethod(acme, 'oauth2_authorization_code')
    const values = { client_id: 'shop', client_secret: password, scope: 'orders.read' }
    const { body } = await program.send('POST', '/instances', {
      body: { connectorId: acme.connectorId, methodId: oauth.id, details: { name: 'Authorised shop' }, values },
    })
    const path = `/instances/${(body as { id: string }).id}/authorisations`
    expect(await program.send('POST', path, { body: {} })).toMatchObject({ status: 201, body: { state: 'waiting' } })
    expect(await program.send('POST', path, { body: { returnTo: 'https://evil.test' } })).toMatchObject({
      status: 422,
      body: { field: 'returnTo' },
    })
  })
})
