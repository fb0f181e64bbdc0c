import { beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { acmeConnector, acmeEndpoint, acmeInstance } from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { create, created, save } from '../../support/instance-inputs'
import { methodOf } from '../../support/method-builders'
import { openLoggedBodies } from '../../support/open-logged-bodies'
import { anHttpServer } from '../../support/servers'

/** Values from responses when an instance connects, stored with the instance. */

const { sql } = await testDatabase()
let actor: PersonActor

beforeEach(async () => {
  actor = await anActor('manager')
})

const values = { username: 'casey', password: 'planted-password' }
const keptRows = (instanceId: string) =>
  systemDb().keptValue.findMany({ where: { instanceId }, orderBy: { key: 'asc' } })

describe('a method without tokens', () => {
  async function aShop(found: () => { status: number; json: object }) {
    const vendor = await anHttpServer((request, response) => {
      const { status, json } = request.url === '/me' ? found() : { status: 200, json: {} }
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    })
    const acme = await acmeConnector(actor.workspaceId, vendor.url)
    const method = await methodOf(acme, 'basic', {
      variables: ['shop', 'shop_token'],
      phases: [
        { kind: 'verify', step: 0, httpMethod: 'GET', url: '/whoami' },
        {
          kind: 'after_connect',
          step: 0,
          httpMethod: 'GET',
          url: '/me',
          extract: [
            { variable: 'shop', path: '$.id', secret: false },
            { variable: 'shop_token', path: '$.token', secret: true },
          ],
        },
      ],
    })
    return { acme, method, vendor }
  }

  test('runs its lookups after its credentials were accepted and saved; the values are sent with requests, secrets redacted', async () => {
    const { acme, method, vendor } = await aShop(() => ({ status: 200, json: { id: 7, token: 'planted-shop-token' } }))
    const saved = await create(actor, acme, method, values)
    expect(saved).toMatchObject({ ok: true, value: { kind: 'saved', verified: true, problem: null } })
    const { instanceId } = (saved as { value: { instanceId: string } }).value
    expect(await keptRows(instanceId)).toMatchObject([
      { key: 'shop', secret: false },
      { key: 'shop_token', secret: true },
    ])
    const endpoint = await acmeEndpoint(acme, method, '/shops/{{ shop }}/{{ shop_token }}')
    const report = await sendEndpointRequest(actor, { instanceId, endpointId: endpoint.id, values: {}, filters: {} })
    expect(vendor.seen.at(-1)!.url).toBe('/shops/7/planted-shop-token')
    const log = await systemDb().requestLog.findMany({ where: { workspaceId: actor.workspaceId } })
    const seen = JSON.stringify([saved, report, log, await openLoggedBodies()])
    for (const planted of ['planted-shop-token', 'planted-password']) expect(seen).not.toContain(planted)
  })

  test('a value that contains a secret is stored as a secret, even if the method does not say so', async () => {
    const { acme, method } = await aShop(() => ({
      status: 200,
      json: { id: `you are casey:planted-password`, token: 'planted-shop-token' },
    }))
    const saved = await create(actor, acme, method, values)
    const { instanceId } = (saved as { value: { instanceId: string } }).value
    expect(await keptRows(instanceId)).toMatchObject([
      { key: 'shop', secret: true },
      { key: 'shop_token', secret: true },
    ])
  })

  test('is saved even if a lookup fails, with a message', async () => {
    const { acme, method } = await aShop(() => ({ status: 500, json: { message: 'out of order' } }))
    const saved = await create(actor, acme, method, values)
    expect(saved).toMatchObject({
      ok: true,
      value: { kind: 'saved', verified: true, problem: expect.stringContaining('out of order') },
    })
  })

  test('repeats its lookups when new credentials are saved', async () => {
    let shop = 7
    const { acme, method, vendor } = await aShop(() => ({ status: 200, json: { id: shop, token: 't0ken' } }))
    const instanceId = await created(actor, acme, method, values)
    shop = 8
    expect(await save(actor, instanceId, method, { password: 'another' })).toMatchObject({
      ok: true,
      value: { kind: 'saved', problem: null },
    })
    const endpoint = await acmeEndpoint(acme, method, '/shops/{{ shop }}')
    await sendEndpointRequest(actor, { instanceId, endpointId: endpoint.id, values: {}, filters: {} })
    expect(vendor.seen.at(-1)!.url).toBe('/shops/8')
  })
})

test('a secret from one host’s response is not sent to another host of new settings', async () => {
  const answer = (token: string) =>
    anHttpServer((request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(request.url === '/me' ? { token } : {})),
    )
  const [first, second] = [await answer('planted-first-token'), await answer('planted-second-token')]
  const [one, two] = [first, second].map(({ port }) => `http://localhost:${port}`) as [string, string]
  const acme = await acmeConnector(actor.workspaceId, '{{ shop_url }}', {
    allowedHosts: [new URL(one).host, new URL(two).host],
    confirmed: [],
  })
  for (const origin of ['{shop_url}', one, two])
    await systemDb().connectorOrigin.create({
      data: { workspaceId: acme.workspaceId, connectorId: acme.connectorId, origin, confirmedAt: new Date() },
    })
  const method = await methodOf(acme, 'basic', {
    variables: ['shop_url', 'shop_token'],
    parameters: [
      {
        place: 'header',
        key: 'X-Shop-Token',
        value: '{{ shop_token }}',
        required: false,
        phases: ['verify', 'after_connect', 'endpoint'],
      },
    ],
    phases: [
      { kind: 'verify', step: 0, httpMethod: 'GET', url: '/whoami' },
      {
        kind: 'after_connect',
        step: 0,
        httpMethod: 'GET',
        url: '/me',
        extract: [{ variable: 'shop_token', path: '$.token', secret: true }],
      },
    ],
  })
  const instanceId = await created(actor, acme, method, { ...values, shop_url: one })
  expect(await save(actor, instanceId, method, { password: 'typed-again', shop_url: two })).toMatchObject({
    ok: true,
    value: { kind: 'saved', problem: null },
  })
  expect(second.seen.map(({ url }) => url)).toEqual(['/whoami', '/me'])
  expect(JSON.stringify(second.seen)).not.toContain('planted-first-token')
})

// Shows C44.
describe('several tokens of one instance', () => {
  test('expire with the first of them, and are replaced together', async () => {
    let issued = 0
    const vendor = await anHttpServer((request, response) => {
      const json =
        request.url === '/token'
          ? {
              access_token: `token-${(issued += 1)}`,
              expires_in: 3600,
              upload: { token: `upload-${issued}`, expires_in: 60 },
            }
          : {}
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    })
    const acme = await acmeConnector(actor.workspaceId, vendor.url)
    const method = await methodOf(acme, 'oauth2_client_credentials', {
      variables: ['upload_token'],
      phases: [{ kind: 'exchange', step: 0, httpMethod: 'POST', url: '/token' }],
      options: {
        kept: [{ variable: 'upload_token', path: '$.upload.token', secret: true, expiryPath: '$.upload.expires_in' }],
      },
    })
    const instance = await acmeInstance(acme, method, { client_id: 'client', client_secret: 'secret' })
    const endpoint = await acmeEndpoint(acme, method, '/{{ upload_token }}')
    const call = () =>
      sendEndpointRequest(actor, { instanceId: instance.id, endpointId: endpoint.id, values: {}, filters: {} })
    await call()
    const token = await systemDb().instanceToken.findFirstOrThrow({ where: { instanceId: instance.id } })
    expect(Math.round((token.expiresAt!.getTime() - token.obtainedAt.getTime()) / 1000)).toBe(60)
    await sql(`UPDATE "InstanceToken" SET "expiresAt" = now() - interval '1 s'`)
    expect(await call()).toMatchObject({ ok: true, value: { attempts: 1 } })
    expect(vendor.seen.map(({ url }) => url)).toEqual(['/token', '/upload-1', '/token', '/upload-2'])
    expect(await keptRows(instance.id)).toMatchObject([
      { key: 'upload_token', secret: true, expiresAt: expect.any(Date) },
    ])
  })
})
