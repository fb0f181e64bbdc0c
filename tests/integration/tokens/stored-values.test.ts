import { beforeEach, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { acmeConnector, acmeEndpoint, acmeInstance, acmeMethod, acmeOAuthValues } from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { anHttpServer } from '@/tests/support/servers'
import { aToken } from '@/tests/support/token-builders'

await testDatabase()

let actor: PersonActor

beforeEach(async () => {
  actor = await anActor('manager')
})

/** A vendor whose token responses contain a session, which requests have to name. */
async function aVendorWithSessions() {
  let session = 0
  const vendor = await anHttpServer((request, response) => {
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.url === '/oauth/token')
      return json(200, {
        access_token: `token-${(session += 1)}`,
        refresh_token: `refresh-${session}`,
        session: `session-${session}`,
      })
    const right =
      request.headers.authorization === `Bearer token-${session}` &&
      request.url === `/orders?session=session-${session}`
    return json(right ? 200 : 401, {})
  })
  const acme = await acmeConnector(actor.workspaceId, vendor.url)
  const method = await acmeMethod(acme, 'oauth2_authorization_code', {
    options: { kept: [{ variable: 'session', path: 'session' }] },
  })
  const owner = {
    workspaceId: acme.workspaceId,
    connectorId: acme.connectorId,
    methodId: method.id,
    level: 'method' as const,
  }
  await systemDb().variable.create({
    data: { ...owner, key: 'session', displayName: 'Session', required: false, configurable: false },
  })
  const endpoint = await acmeEndpoint(acme, method, '/orders?session={{ session }}')
  const instance = await acmeInstance(acme, method, acmeOAuthValues)
  const calls = () => vendor.seen.map(({ url }) => url)
  return {
    calls,
    instanceId: instance.id,
    run: () =>
      sendEndpointRequest(actor, { instanceId: instance.id, endpointId: endpoint.id, values: {}, filters: {} }),
  }
}

test('values from a refresh are used by the request that caused it', async () => {
  const { calls, instanceId, run } = await aVendorWithSessions()
  await aToken({ workspaceId: actor.workspaceId, instanceId })
  expect(await run()).toMatchObject({ ok: true, value: { attempts: 1, response: { status: 200 } } })
  expect(calls()).toEqual(['/oauth/token', '/orders?session=session-1'])
})

test('also by the second attempt, after the token of the first one had expired', async () => {
  const { calls, instanceId, run } = await aVendorWithSessions()
  await aToken({ workspaceId: actor.workspaceId, instanceId }, { expiresInSeconds: 3_600 })
  expect(await run()).toMatchObject({ ok: true, value: { attempts: 2, response: { status: 200 } } })
  expect(calls()).toEqual(['/orders', '/oauth/token', '/orders?session=session-1'])
})
