import { buffer, text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { systemDb } from '@/lib/platform/db/client'
import type { Actor } from '@/lib/domain/access/actor'
import { callEndpoint, type EndpointResponse } from '@/lib/calls/call-endpoint'
import { reportExchange } from '@/lib/calls/report-exchange'
import { flushRequestLog } from '@/lib/request-log/record'
import { recordStatements } from '@/tests/integration/performance/recorded-statements'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
} from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { anHttpServer, type TestServer } from '@/tests/support/servers'

/** The call itself, without its report (DATA §13). */

await testDatabase()

let actor: Actor

beforeEach(async () => {
  actor = await anActor('user')
})

type Answer = Parameters<typeof anHttpServer>[0]

async function aCall(
  answer: Answer,
  given: { type?: 'basic' | 'oauth2_client_credentials'; options?: Prisma.InputJsonObject } = {},
) {
  const server = await anHttpServer(answer)
  const { type = 'basic', options = {} } = given
  const acme = await acmeConnector(actor.workspaceId, server.url)
  const method = await acmeMethod(acme, type, { options })
  if (type !== 'basic')
    await systemDb().authenticationPhase.create({
      data: {
        ...{ workspaceId: actor.workspaceId, connectorId: acme.connectorId, methodId: method.id },
        ...{ kind: 'exchange', url: `${server.url}/token`, httpMethod: 'POST' },
      },
    })
  const values = type === 'basic' ? acmeBasicValues : acmeOAuthValues
  const instance = await acmeInstance(acme, method, values)
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  const call = async (more: { maxResponseBytes?: number; readsWhole?: boolean } = {}): Promise<EndpointResponse> => {
    const called = await callEndpoint(actor, {
      ...{ instanceId: instance.id, endpointId: endpoint.id, values: {}, filters: {}, ...more },
    })
    if (!called.ok) throw new Error(called.error.message)
    return called.value
  }
  return { server, instance, call }
}

const ordersSeen = ({ seen }: TestServer) => seen.filter(({ url }) => url === '/orders').length

test('an error while a report reads the response is in its line of the log, even if the bytes arrived earlier', async () => {
  const bomb = gzipSync(Buffer.alloc(12 * 1024 * 1024))
  const { call, instance } = await aCall((_request, response) =>
    response.setHeader('content-encoding', 'gzip').end(bomb),
  )
  const response = await call({ readsWhole: true })
  await new Promise<void>((over) => response.sent.outcome.received.whenOver(over))
  expect(await reportExchange(response)).toMatchObject({ ok: false, error: { code: 'answer_too_large' } })
  await flushRequestLog()
  const lines = await systemDb().requestLog.findMany({
    where: { instanceId: instance.id },
    select: { errorCode: true },
  })
  expect(lines).toEqual([{ errorCode: 'answer_too_large' }])
})

describe('a call', () => {
  test('returns the response unchanged, even if it contains secrets', async () => {
    const { call } = await aCall((request, response) => response.end(`you said ${request.headers.authorization}`))
    const { status, body } = await call()
    expect(status).toBe(200)
    expect(await text(body)).toMatch(/^you said Basic [\w=]+$/)
  })

  test('returns before the body has arrived', async () => {
    let finish = () => {}
    const { call } = await aCall((_request, response) => {
      response.write('first')
      finish = () => response.end('second')
    })
    const { body, ended } = await call()
    finish()
    expect(await text(body)).toBe('firstsecond')
    await ended
  })

  test('ends at the limit that the caller sets', async () => {
    const { call } = await aCall((_request, response) => response.end('x'.repeat(5_000)))
    const { body, explain } = await call({ maxResponseBytes: 1_000 })
    const error: unknown = await buffer(body).catch((failure: unknown) => failure)
    expect(explain(error)).toMatchObject({ code: 'answer_too_large' })
    await flushRequestLog()
    const rows = await systemDb().requestLog.findMany({ where: { workspaceId: actor.workspaceId } })
    expect(rows).toMatchObject([{ outcome: 'failed', errorCode: 'answer_too_large' }])
  })

  test('costs one query and a share of one write', async () => {
    const { call } = await aCall((_request, response) => response.end('ok'))
    await text((await call()).body)
    await flushRequestLog()
    const statements = await recordStatements(async () => {
      for (let number = 0; number < 5; number += 1) await text((await call()).body)
      await flushRequestLog()
    })
    const writes = statements.filter(({ text }) => text.includes('INSERT'))
    expect(statements.length - writes.length).toBe(5)
    expect(writes.length).toBeLessThanOrEqual(5)
  })

  test('of an instance with limits costs at most two more statements', async () => {
    const { call, instance } = await aCall((_request, response) => response.end('ok'))
    await systemDb().instance.updateMany({
      where: { id: instance.id },
      data: { maxConcurrent: 5, rateLimitAmount: 1_000, rateLimitUnit: 'second' },
    })
    await text((await call()).body)
    await flushRequestLog()
    const statements = await recordStatements(async () => {
      const { body, ended } = await call()
      await text(body)
      await ended
    })
    expect(statements.filter(({ text }) => !text.includes('RequestLog')).length).toBe(3)
  })
})

const token = JSON.stringify({ access_token: 'one', token_type: 'Bearer', expires_in: 3_600 })

describe('a response whose body the method has a rule for', () => {
  const rule = { expiredStatuses: [], expiredBody: { path: '$.error', value: 'expired' } }
  const answering = (orders: (number: number) => string): Answer => {
    let number = 0
    return (request, response) => response.end(request.url === '/token' ? token : orders((number += 1)))
  }
  const aRuledCall = (orders: (number: number) => string) =>
    aCall(answering(orders), { type: 'oauth2_client_credentials', options: rule })

  test('is passed on only after the rule was applied: if it says expired, the response of the repeated request is returned', async () => {
    const { call, server } = await aRuledCall((number) => (number === 1 ? '{"error":"expired"}' : '{"orders":[]}'))
    const { body, attempts } = await call()
    expect(await text(body)).toBe('{"orders":[]}')
    expect(attempts).toBe(2)
    expect(ordersSeen(server)).toBe(2)
  })

  test('is passed on completely if the rule does not match', async () => {
    const { call, server } = await aRuledCall(() => '{"orders":[1]}')
    expect(await text((await call()).body)).toBe('{"orders":[1]}')
    expect(ordersSeen(server)).toBe(1)
  })

  test('is passed on completely without applying the rule if it is longer than 256 KiB', async () => {
    const long = `{"error":"expired","more":"${'x'.repeat(400_000)}"}`
    const { call, server } = await aRuledCall(() => long)
    expect(await text((await call()).body)).toBe(long)
    expect(ordersSeen(server)).toBe(1)
  })

  test('is requested with a token that is read once, not for each call', async () => {
    const { call } = await aRuledCall(() => '{"orders":[1]}')
    await text((await call()).body)
    await flushRequestLog()
    const statements = await recordStatements(async () => text((await call()).body))
    expect(statements.filter(({ text }) => !text.includes('RequestLog')).length).toBe(1)
  })
})
