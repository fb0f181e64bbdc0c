import { beforeEach, describe, expect, test, vi } from 'vitest'
import { saveShape } from '@/lib/flows/save-shape'
import { runShape } from '@/lib/flows/run-shape'
import type { SaveShape } from '@/lib/flows/shape-schema'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { verifyDraft } from '@/lib/verification/verify'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import {
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  type Acme,
  type AcmeMethod,
} from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { aFlowUsing } from '@/tests/support/endpoint-builders'
import { anHttpServer, type TestServer } from '@/tests/support/servers'
import { permitted } from '@/tests/support/permitted'

/** DATA §6 for the secrets of a connection shape: they are only sent to the host they were entered for. */

// Some resolvers do not know the names under localhost.
vi.mock('@/lib/platform/http/resolve-host', () => ({ resolveHost: async () => ['127.0.0.1'] }))

await testDatabase()

let manager: PersonActor
let server: TestServer
let acme: Acme
let method: AcmeMethod
let account: string
let signature: string
let input: SaveShape
let good: string
let evil: string

beforeEach(async () => {
  server = await anHttpServer((_request, response) => response.end('{}'))
  manager = await anActor('manager')
  acme = await acmeConnector(manager.workspaceId, server.url, {
    baseUrl: `http://{{ account }}.localhost:${server.port}`,
    confirmed: [],
  })
  const owner = { workspaceId: acme.workspaceId, connectorId: acme.connectorId }
  account = (
    await systemDb().variable.create({ data: { ...owner, level: 'connector', key: 'account', displayName: 'Account' } })
  ).id
  method = await acmeMethod(acme, 'none', { testUrl: '/whoami' })
  method.variables.account = account
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  signature = (
    await systemDb().variable.create({
      data: {
        ...owner,
        level: 'endpoint',
        endpointId: endpoint.id,
        key: 'signature',
        displayName: 'Signature',
        secret: true,
      },
    })
  ).id
  await systemDb().parameter.create({
    data: { ...owner, endpointId: endpoint.id, place: 'header', key: 'X-Signature', value: '{{ signature }}' },
  })
  good = (await acmeInstance(acme, method, { account: 'good' })).id
  evil = (await acmeInstance(acme, method, { account: 'evil' })).id
  await workspaceDb(acme.workspaceId).$transaction((tx) => syncConnectorOrigins(tx, manager, acme.connectorId))
  await systemDb().connectorOrigin.updateMany({ where: owner, data: { confirmedAt: new Date() } })
  const { flowId, shapeId } = await aFlowUsing(acme, {
    name: 'Nightly orders',
    instanceId: good,
    endpointId: endpoint.id,
  })
  input = {
    flowId,
    shapeId,
    revision: 1,
    name: 'Get orders',
    instanceId: good,
    endpointId: endpoint.id,
    timeoutSeconds: null,
    values: [],
    filters: [],
  }
  expect(
    await saveShape(manager, { ...input, values: [{ variableId: signature, value: 'planted-signature' }] }),
  ).toMatchObject({ ok: true })
  input = { ...input, revision: 2 }
})

const run = () => runShape(manager, { flowId: input.flowId, shapeId: input.shapeId })
const received = () => server.seen.map(({ headers }) => [headers.host?.split(':')[0], headers['x-signature']])

describe('another instance chosen in the shape', () => {
  test('does not get the stored secret: it has to be entered again', async () => {
    const refused = await saveShape(manager, { ...input, instanceId: evil })
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'secret_needed_for_new_host', field: `values.${signature}` },
    })
    await run()
    expect(received()).toEqual([['good.localhost', 'planted-signature']])
  })

  test('gets a secret that is entered for it', async () => {
    expect(
      await saveShape(manager, { ...input, instanceId: evil, values: [{ variableId: signature, value: 'another' }] }),
    ).toMatchObject({ ok: true })
    await run()
    expect(received()).toEqual([['evil.localhost', 'another']])
  })

  test('keeps the secret if every instance calls the same host', async () => {
    await systemDb().endpoint.update({
      where: { id: input.endpointId! },
      data: { url: `http://fixed.localhost:${server.port}/orders` },
    })
    expect(await saveShape(manager, { ...input, instanceId: evil })).toMatchObject({ ok: true })
  })
})

test('the host of an instance cannot change while a shape has a secret for it', async () => {
  const draft = (value: string) =>
    verifyDraft(permitted(manager), {
      methodId: method.id,
      instanceId: good,
      values: [{ variableId: account, value }],
      certificate: { kind: 'keep' },
    })
  expect(await draft('evil')).toMatchObject({
    ok: false,
    error: { code: 'secret_needed_for_new_host', message: expect.stringMatching(/Nightly orders.*Signature/s) },
  })
  expect(server.seen).toEqual([])
  expect(await draft('good')).toMatchObject({ ok: true })
  expect(await saveShape(manager, { ...input, values: [{ variableId: signature, value: null }] })).toMatchObject({
    ok: true,
  })
  expect(await draft('evil')).toMatchObject({ ok: true })
})
