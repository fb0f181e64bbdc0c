import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { createEndpoint } from '@/lib/endpoints/create-endpoint'
import { importConnector } from '@/lib/imports/import-connector'
import { importMethod } from '@/lib/imports/import-method'
import { readCurlCommand } from '@/lib/imports/read-curl-command'
import { importCurlCommand } from '@/lib/instances/import-curl-command'
import { workspaceDb } from '@/lib/platform/db/client'
import { startSandbox } from '@/tests/sandbox/sandbox'
import { known } from '@/tests/sandbox/known'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'
import { leaksInDatabase, secretsIn } from '@/tests/support/secret-sweep'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'

/** A curl command becomes a connector and an instance; its secrets are only values of the instance (rule R10). */

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let manager: PersonActor
beforeEach(async () => void (manager = await anActor('manager')))

const { username, password } = known.basic
const ordersCommand = () =>
  `curl -u '${username}:${password}' '${sandbox.url}/orders?page=1' -H 'Accept: application/json'`
const db = () => workspaceDb(manager.workspaceId)

describe('A curl command', () => {
  test('becomes a connector whose instance calls the real server', async () => {
    const added = valueOf(
      await importCurlCommand(manager, { command: ordersCommand(), name: 'Acme', instanceName: 'Acme UK' }),
    )
    expect(added).toMatchObject({ problem: null, verified: false })
    const instance = await db().instance.findUniqueOrThrow({
      where: { id: added.instanceId! },
      include: { method: true },
    })
    expect(instance).toMatchObject({
      name: 'Acme UK',
      connectorId: added.id,
      status: 'not_verified',
      method: { type: 'basic' },
    })
    const endpoint = await db().endpoint.findFirstOrThrow({
      where: { connectorId: added.id },
      include: { enablements: true },
    })
    expect(endpoint).toMatchObject({
      url: '/orders',
      httpMethod: 'GET',
      enablements: [{ methodId: instance.methodId }],
    })
    const sent = await sendEndpointRequest(manager, {
      instanceId: instance.id,
      endpointId: endpoint.id,
      values: {},
      filters: {},
    })
    expect(sent).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  })

  test('is verified where its request shows whether the credentials work, and rejected ones are not stored', async () => {
    const command = (secret: string) => `curl -u '${username}:${secret}' ${sandbox.url}/customers`
    const added = valueOf(
      await importCurlCommand(manager, { command: command(password), name: 'Right', instanceName: 'A' }),
    )
    expect(added).toMatchObject({ verified: true, problem: null })
    const wrong = valueOf(
      await importCurlCommand(manager, { command: command('wrong-password'), name: 'Wrong', instanceName: 'B' }),
    )
    expect(wrong).toMatchObject({ instanceId: null, verified: false })
    expect(wrong.problem).toContain('rejected')
    expect(await db().connector.count()).toBe(2)
    expect(await db().instance.count()).toBe(1)
  })

  test('leaves no secret in any table, any result and any refusal, except sealed', async () => {
    const secrets = {
      password: 'planted-password-51f0',
      token: 'planted-token-9ac4',
      key: 'planted-key-77b2',
      cookie: 'planted-cookie-30d8',
      body: 'planted-body-6e1f',
    }
    const commands = [
      `curl -u 'ada:${secrets.password}' https://curl-1.acme.test/x -d 'note=${secrets.password}'`,
      `curl 'https://curl-2.acme.test/${secrets.token}/x?api_key=${secrets.key}&a=${secrets.token}' -H 'Authorization: Bearer ${secrets.token}' -b 'session=${secrets.cookie}' -H 'X-Copy: ${secrets.token}'`,
      `curl https://curl-3.acme.test/login --json '{"user":"ada","password":"${secrets.body}"}'`,
      `curl https://curl-4.acme.test/login -d 'client_secret=${secrets.body}'`,
      `curl 'https://ada:${secrets.password}@curl-5.acme.test/x' --unknown-option`,
    ]
    const { id: connectorId } = valueOf(
      await importCurlCommand(manager, { command: 'curl https://existing.acme.test/x' }),
    )
    const answers: unknown[] = []
    for (const [index, command] of commands.entries()) {
      const reading = valueOf(await readCurlCommand(manager, { command, connectorId }))
      answers.push(reading, await readCurlCommand(manager, { command }))
      answers.push(await importCurlCommand(manager, { command, name: `Connector ${index}`, instanceName: 'Ada' }))
      answers.push(await importCurlCommand(manager, { command, name: `Connector ${index}`, instanceName: 'Ada' }))
      answers.push(await importConnector(manager, { document: command, name: `Imported ${index}` }))
      answers.push(
        await importMethod(manager, { connectorId, document: reading.method.document, name: `Method ${index}` }),
      )
      answers.push(
        await createEndpoint(manager, { connectorId, ...reading.endpoint, name: `Endpoint ${index}`, methodIds: [] }),
      )
    }
    expect(secretsIn(JSON.stringify(answers), secrets)).toEqual([])
    expect(await leaksInDatabase({ sql }, secrets)).toEqual([])
    expect(await db().instance.count()).toBeGreaterThanOrEqual(commands.length)
    expect(await db().endpoint.count({ where: { connectorId } })).toBe(1 + commands.length)
  })

  test('for another connector offers the methods that send the same kind of credentials', async () => {
    const methods = ['basic', 'token', 'oauth2_client_credentials'].map((type) => ({ name: type, type }))
    const document = {
      ...{ patchbay: 1, kind: 'connector', name: 'Existing', baseUrl: 'https://{{ shop }}.acme.test/v1', methods },
      variables: [{ key: 'shop' }],
    }
    const { id: connectorId } = valueOf(
      await importConnector(manager, { document: JSON.stringify(document), name: '' }),
    )
    const read = async (options: string) =>
      valueOf(
        await readCurlCommand(manager, { command: `curl https://uk.acme.test/v1/orders ${options}`, connectorId }),
      )
    expect((await read('-u a:b')).methods.map(({ name }) => name)).toEqual(['basic'])
    const bearer = await read('-H "Authorization: Bearer $TOKEN"')
    expect(bearer.methods.map(({ name }) => name)).toEqual(['token', 'oauth2_client_credentials'])
    expect(bearer.credentials).toMatchObject([{ key: 'token', isGiven: false }])
    expect((await read('-H "X-Api-Key: abcdefgh"')).methods).toEqual([])
    expect(bearer.endpoint.url).toBe('/orders')
    const own = { name: 'Own', type: 'none', variables: [{ key: 'shop_code' }] }
    const method = JSON.stringify({ patchbay: 1, kind: 'authentication_method', ...own })
    valueOf(await importMethod(manager, { connectorId, document: method }))
    expect((await read('-H "X-Shop: $SHOP_CODE"')).endpoint.variables.map(({ key }) => key)).toEqual(['shop_code_2'])
  })

  test('becomes an endpoint of a connector with its body, parameters and variables', async () => {
    const { id: connectorId } = valueOf(await importCurlCommand(manager, { command: 'curl https://a.acme.test/x' }))
    const command = `curl "https://a.acme.test/orders/{order_id}?dry=1" -H 'X-Shop: uk' --json '{"note":"hello"}'`
    const { endpoint, methods } = valueOf(await readCurlCommand(manager, { command, connectorId }))
    const { id } = valueOf(
      await createEndpoint(manager, { ...endpoint, connectorId, methodIds: methods.map((method) => method.id) }),
    )
    const stored = await db().endpoint.findUniqueOrThrow({
      where: { id },
      include: { parameters: true, variables: true, enablements: true },
    })
    expect(stored).toMatchObject({
      ...{ url: '/orders/{{ order_id }}', httpMethod: 'POST', bodyFormat: 'json', body: '{"note":"hello"}' },
      variables: [{ key: 'order_id', required: true, level: 'endpoint' }],
      enablements: [{ methodId: methods[0]!.id }],
    })
    expect(stored.parameters.map(({ place, key, value }) => `${place} ${key}=${value}`).sort()).toEqual([
      ...['header Accept=application/json', 'header X-Shop=uk', 'url dry=1'],
    ])
  })

  test.each([
    ['the user name', 'planted-key-0d41:'],
    ['the user name beside an x', 'planted-key-0d41:x'],
    ['the password', ':planted-key-0d41'],
  ])('with an API key in place of %s stores the key as a secret', async (_where, user) => {
    const command = `curl -u ${user} https://key.acme.test/x -d a=1`
    const added = valueOf(await importCurlCommand(manager, { command, instanceName: 'Ada' }))
    expect(added).toMatchObject({ problem: null })
    expect(added.instanceId).not.toBeNull()
    expect(await leaksInDatabase({ sql }, { key: 'planted-key-0d41' })).toEqual([])
  })

  test('that leaves the host open becomes a connector with a variable', async () => {
    const command = 'curl -u ada:abcdefgh https://{shop}.open.test/orders'
    const { credentials } = valueOf(await readCurlCommand(manager, { command }))
    expect(credentials.filter(({ isGiven }) => !isGiven)).toMatchObject([{ key: 'shop', secret: false }])
    const { id } = valueOf(await importCurlCommand(manager, { command }))
    expect(await db().connector.findUniqueOrThrow({ where: { id } })).toMatchObject({
      baseUrl: 'https://{{ shop }}.open.test',
    })
  })

  test('that leaves the credentials open becomes a connector without an instance, and the result says why', async () => {
    const command = 'curl https://open.acme.test/x -H "Authorization: Bearer $TOKEN"'
    const added = valueOf(await importCurlCommand(manager, { command, instanceName: 'Ada' }))
    expect(added.instanceId).toBeNull()
    expect(added.problem).toContain('API token')
  })

  test('is imported as text without its credentials, and the report says so', async () => {
    const { id } = valueOf(await importConnector(manager, { document: ordersCommand(), name: '' }))
    expect(await db().instance.count({ where: { connectorId: id } })).toBe(0)
    const [report] = await db().import.findMany({ where: { connectorId: id }, include: { lines: true } })
    expect(report).toMatchObject({ format: 'curl command' })
    expect(report!.lines.map(({ pointer }) => pointer)).toContain('Credentials')
  })

  test('is refused for a name that is taken, for a foreign connector, and for people who may only see', async () => {
    const command = 'curl https://taken.acme.test/x'
    valueOf(await importCurlCommand(manager, { command }))
    expect(refusalOf(await importCurlCommand(manager, { command }))).toMatchObject({
      code: 'name_taken',
      field: 'name',
    })
    expect(refusalOf(await importCurlCommand(manager, { command: 'wget x' }))).toMatchObject({ field: 'command' })
    const { id: connectorId } = valueOf(await importCurlCommand(await anActor('manager'), { command }))
    expect(refusalOf(await readCurlCommand(manager, { command, connectorId }))).toMatchObject({ code: 'not_found' })
    for (const role of ['read_only', 'user'] as const) {
      const person = await anActor(role)
      expect(refusalOf(await importCurlCommand(person, { command }))).toMatchObject({ code: 'not_allowed' })
      expect(refusalOf(await readCurlCommand(person, { command }))).toMatchObject({ code: 'not_allowed' })
    }
  })
})
