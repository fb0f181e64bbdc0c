import { beforeEach, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { acmeConnector, acmeEndpoint, acmeInstance } from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { methodOf } from '../../support/method-builders'
import { openLoggedBodies } from '../../support/open-logged-bodies'
import { anHttpServer } from '../../support/servers'

/** Secrets are write-only: a person who writes templates cannot read a secret piece by piece in the sent request. */

await testDatabase()
let actor: PersonActor

beforeEach(async () => {
  actor = await anActor('manager')
})

const pieces = ['{{ password | slice: 0, 3 }}', '{{ password | slice: 3, 3 }}']

async function call(url: string, given: { body?: string; bodyFormat?: 'json' } = {}, options: object = {}) {
  const server = await anHttpServer((_request, response) => response.writeHead(200).end('{}'))
  const acme = await acmeConnector(actor.workspaceId, server.url)
  const method = await methodOf(acme, 'basic', { options })
  const instance = await acmeInstance(acme, method, { username: 'dana', password: 'qzxwvk' })
  const endpoint = await acmeEndpoint(acme, method, url, { httpMethod: 'POST' })
  await systemDb().endpoint.update({ where: { id: endpoint.id }, data: given })
  const report = await sendEndpointRequest(actor, {
    instanceId: instance.id,
    endpointId: endpoint.id,
    values: {},
    filters: {},
  })
  expect(report).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  const logged = await systemDb().requestLog.findMany({ where: { workspaceId: actor.workspaceId } })
  return JSON.stringify([report, logged, await openLoggedBodies()])
}

test.each([
  ['the path', `/x/${pieces[0]}/${pieces[1]}`, {}],
  ['the query', `/x?a=${pieces[0]}&b=${pieces[1]}`, {}],
  ['the body', '/x', { bodyFormat: 'json' as const, body: `{"a":"${pieces[0]}","b":"${pieces[1]}"}` }],
])('pieces of a secret in %s are not shown', async (_place, url, given) => {
  expect(await call(url, given)).not.toMatch(/qzx|wvk/)
})

test('neither are pieces that a computed value joins with other text', async () => {
  const computed = [{ key: 'made', value: '{{ password | slice: 0, 1 | append: "-guess" }}' }]
  const guesses = ['q-guess', 'r-guess']
  expect(
    await call('/x', { bodyFormat: 'json', body: `["{{ made }}","${guesses.join('","')}"]` }, { computed }),
  ).not.toContain('r-guess')
})

test('a request without such pieces is shown unchanged', async () => {
  expect(
    await call('/x/plain-path?a={{ username | slice: 0, 2 }}', { bodyFormat: 'json', body: '{"a":"plain-body"}' }),
  ).toMatch(/plain-path\?a=da.*plain-body/)
})
