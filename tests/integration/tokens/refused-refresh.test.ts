import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { systemDb } from '@/lib/platform/db/client'
import { checkInstance } from '@/lib/verification/check-instance'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import type { TokenAnswer } from '../../sandbox/control/control'
import { startSandbox } from '../../sandbox/sandbox'
import { acmeConnector, acmeEndpoint, acmeInstance, acmeMethod, acmeOAuthValues } from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { aToken } from '../../support/token-builders'

/** What a refused refresh means for an instance that a person authorised (DATA §7). */

await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let actor: PersonActor

beforeEach(async () => {
  await sandbox.control.reset()
  actor = await anActor('manager')
})

/** Its access token has expired. */
async function anInstance(options = {}) {
  const acme = await acmeConnector(actor.workspaceId, sandbox.url)
  const method = await acmeMethod(acme, 'oauth2_authorization_code', { options })
  const instance = await acmeInstance(acme, method, acmeOAuthValues)
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  await aToken({ workspaceId: actor.workspaceId, instanceId: instance.id })
  return { instanceId: instance.id, endpointId: endpoint.id }
}

const asking = {
  'an endpoint request': (of: Awaited<ReturnType<typeof anInstance>>) =>
    sendEndpointRequest(actor, { ...of, values: {}, filters: {} }),
  'Check now': ({ instanceId }: Awaited<ReturnType<typeof anInstance>>) => checkInstance(actor, { instanceId }),
}

async function statusAfter(answer: TokenAnswer, ask: keyof typeof asking, options = {}) {
  const of = await anInstance(options)
  await sandbox.control.answerToken({ answer })
  await asking[ask](of)
  const { status, statusReason } = await systemDb().instance.findFirstOrThrow({ where: { id: of.instanceId } })
  return { status, statusReason }
}

const error = (name: string, status = 400): TokenAnswer => ({ kind: 'error', error: name, status })
const empty = (status: number): TokenAnswer => ({ kind: 'literal', status, contentType: 'text/plain', body: '' })

describe.each(['an endpoint request', 'Check now'] as const)('after a refresh by %s:', (ask) => {
  test.each<[string, TokenAnswer]>([
    ['400 invalid_grant', error('invalid_grant')],
    ['400 invalid_token', error('invalid_token')],
    ['401 invalid_token', error('invalid_token', 401)],
    ['400 without a body', empty(400)],
    ['401 without a body', empty(401)],
  ])('%s: needs authorising again', async (_what, answer) => {
    expect(await statusAfter(answer, ask)).toMatchObject({
      status: 'needs_authorising_again',
      statusReason: expect.stringContaining('Authorise again'),
    })
  })

  test.each<[string, TokenAnswer, RegExp]>([
    ['401 invalid_client', error('invalid_client', 401), /invalid_client.*client ID and the client secret/],
    ['400 invalid_client', error('invalid_client'), /invalid_client.*client ID and the client secret/],
    ['400 unauthorized_client', error('unauthorized_client'), /unauthorized_client.*Allow it/],
    ['400 invalid_scope', error('invalid_scope'), /invalid_scope.*scope/],
    ['400 unsupported_grant_type', error('unsupported_grant_type'), /unsupported_grant_type.*Grant type/],
  ])('%s: failing, with what to correct', async (_what, answer, reason) => {
    expect(await statusAfter(answer, ask)).toMatchObject({
      status: 'failing',
      statusReason: expect.stringMatching(reason),
    })
  })

  test.each<[string, TokenAnswer]>([
    ['429', error('slow_down', 429)],
    ['429 invalid_grant', error('invalid_grant', 429)],
    ['500 without a body', empty(500)],
    ['503 invalid_client', error('invalid_client', 503)],
    ['400 temporarily_unavailable', error('temporarily_unavailable')],
    ['404 without a body', empty(404)],
    ['a broken connection', { kind: 'disconnect' }],
    ['an unreadable response', { kind: 'nonsense' }],
  ])('%s: changes nothing', async (_what, answer) => {
    expect(await statusAfter(answer, ask)).toEqual({ status: 'connected', statusReason: '' })
  })
})

describe('a method can define this differently:', () => {
  test('by the name of an error', async () => {
    const options = { deadGrantErrors: ['gone'], failingErrors: ['invalid_grant'] }
    expect(await statusAfter(error('gone'), 'Check now', options)).toMatchObject({ status: 'needs_authorising_again' })
    expect(await statusAfter(error('invalid_grant'), 'Check now', options)).toMatchObject({ status: 'failing' })
    expect(await statusAfter(error('invalid_token'), 'an endpoint request', options)).toMatchObject({
      status: 'connected',
    })
  })

  test('by the status', async () => {
    const options = { deadGrantStatuses: [403], failingStatuses: [401, 503] }
    expect(await statusAfter(empty(403), 'Check now', options)).toMatchObject({ status: 'needs_authorising_again' })
    expect(await statusAfter(empty(401), 'Check now', options)).toMatchObject({ status: 'failing' })
    expect(await statusAfter(empty(503), 'Check now', options)).toMatchObject({ status: 'failing' })
  })
})

test('a token after a correction clears the status', async () => {
  const of = await anInstance()
  await sandbox.control.answerToken({ answer: error('invalid_client', 401), times: 1 })
  await asking['Check now'](of)
  await sandbox.control.answerToken({
    answer: {
      kind: 'literal',
      status: 200,
      contentType: 'application/json',
      body: '{"access_token":"mended","token_type":"Bearer","expires_in":3600}',
    },
  })
  // This response is inconclusive about the credentials.
  await sandbox.control.failApi({ status: 503 })
  await asking['Check now'](of)
  expect(await systemDb().instance.findFirstOrThrow({ where: { id: of.instanceId } })).toMatchObject({
    status: 'connected',
  })
})
