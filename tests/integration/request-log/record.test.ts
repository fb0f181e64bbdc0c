import { Client } from 'pg'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { newId } from '@/lib/platform/db/new-id'
import type { PersonActor } from '@/lib/domain/access/actor'
import { getRequest } from '@/lib/request-log/get-request'
import { getRequestBodies } from '@/lib/request-log/get-request-bodies'
import { listRequests } from '@/lib/request-log/list-requests'
import type { RequestLogEntry } from '@/lib/request-log/entry'
import { flushRequestLog, recordRequest } from '@/lib/request-log/record'
import type { RequestSummary } from '@/lib/request-log/views'
import { SecretBook } from '@/lib/domain/secret-book'
import { anActor } from '../../support/builders'
import { testDatabase, type TestDatabase } from '../../support/database'
import { aRequestLogEntry } from '../../support/request-log-builders'

let database: TestDatabase
let actor: PersonActor

beforeAll(async () => {
  database = await testDatabase()
  actor = await anActor('manager')
})

const bytes = (text: string) => new TextEncoder().encode(text)

/** Records one entry and reads it back as people see it. */
async function logged(given: Partial<RequestLogEntry>) {
  const entry = aRequestLogEntry(actor.workspaceId, given)
  recordRequest(entry)
  await flushRequestLog()
  const list = await listRequests(actor, { correlationId: entry.correlationId, q: '', sort: '-at', after: '' })
  if (!list.ok) throw new Error(list.error.message)
  const summary = list.value.items[0] as RequestSummary
  const detail = await getRequest(actor, { id: summary.id, at: summary.at })
  const bodies = await getRequestBodies(actor, { id: summary.id, at: summary.at })
  if (!detail.ok || !bodies.ok) throw new Error('not read')
  return { line: detail.value, bodies: bodies.value, all: JSON.stringify([detail.value, bodies.value]) }
}

const secret = 'pä55/word+hunter2'
const post = (body: string | Uint8Array, headers: [string, string][] = []) => ({
  method: 'POST' as const,
  url: 'https://api.acme.example/token',
  headers,
  body,
})

describe('a line of the request log', () => {
  it('contains what was sent, the response and how long it took', async () => {
    const { line, bodies } = await logged({
      actor,
      request: post('{"a":1}', [['Content-Type', 'application/json']]),
      response: { status: 201, headers: [['X-Request-Id', '7']], body: bytes('{"id":2}') },
      durationMs: 34.4,
    })
    expect(line).toMatchObject({
      ...{
        outcome: 'succeeded',
        status: 201,
        person: actor.label,
        httpMethod: 'POST',
        url: 'https://api.acme.example/token',
      },
      ...{ durationMs: 34, requestBytes: 7, responseBytes: 8, errorCode: null },
      ...{ requestHeaders: [['Content-Type', 'application/json']], responseHeaders: [['X-Request-Id', '7']] },
    })
    expect(bodies).toEqual({ kept: true, requestBody: '{"a":1}', responseBody: '{"id":2}', truncated: false })
  })

  it.each([
    ['succeeded', { status: 204 }, null],
    ['succeeded', { status: 304 }, null],
    ['refused', { status: 401 }, null],
    ['refused', { status: 404 }, null],
    ['failed', { status: 503 }, null],
    ['failed', null, 'timed_out'],
    ['not_sent', null, 'address_refused'],
    ['not_sent', null, 'host_not_allowed'],
  ] as const)('its outcome is %s for %j %s', async (outcome, answer, code) => {
    const { line } = await logged({
      response: answer && { ...answer, headers: [], body: new Uint8Array() },
      error: code && { code, message: 'Why.' },
    })
    expect(line).toMatchObject({ outcome, errorCode: code, errorMessage: code && 'Why.' })
  })

  it.each([
    ['JSON', 401, '{"error":"invalid_token","error_description":"The token has expired"}', 'The token has expired'],
    ['XML', 500, '<Fault><faultstring>No such order</faultstring></Fault>', 'No such order'],
    ['text', 429, 'Slow down', 'Slow down'],
    ['a page', 502, '<!doctype html><html><title>Bad gateway</title></html>', 'Bad gateway'],
  ])('has the reason from a response with %s, also in the list', async (_, status, body, reason) => {
    const { line } = await logged({ response: { status, headers: [], body: bytes(body) } })
    expect(line).toMatchObject({ errorCode: null, errorMessage: reason, reason: `“${reason}”` })
  })

  it('has no reason from a successful response, one that is not text, or one with a very long message', async () => {
    const reasonOf = async (status: number, body: Uint8Array) =>
      (await logged({ response: { status, headers: [], body } })).line.errorMessage
    expect(await reasonOf(200, bytes('{"message":"Fine"}'))).toBeNull()
    expect(await reasonOf(500, new Uint8Array([0x89, 0, 0xff]))).toBeNull()
    expect(await reasonOf(500, bytes(`{"message":"${'x'.repeat(100_000)}"}`))).toBeNull()
  })

  it('has a reason without the secrets in the response', async () => {
    const { line, all } = await logged({
      secrets: SecretBook.of(secret),
      response: { status: 401, headers: [], body: bytes(JSON.stringify({ message: `Wrong key ${secret}` })) },
    })
    expect(line.errorMessage).toBe('Wrong key ••••••')
    expect(all).not.toContain('hunter2')
  })

  it('has the time at which the request started', async () => {
    const { line } = await logged({ durationMs: 5_000 })
    expect(Math.abs(Date.parse(line.at) - (Date.now() - 5_000))).toBeLessThan(3_000)
  })
})

// Shows D23.
describe('secrets are removed', () => {
  it('by value, in every form and every part', async () => {
    const { all } = await logged({
      secrets: SecretBook.of(secret),
      subject: `with ${secret}`,
      request: {
        method: 'POST',
        url: `https://api.acme.example/${encodeURIComponent(secret)}?q=${encodeURIComponent(secret)}`,
        headers: [
          ['X-Pair', Buffer.from(`user:${secret}`).toString('base64')],
          ['X-Plain', secret],
        ],
        body: JSON.stringify({ note: secret }),
      },
      response: {
        status: 400,
        headers: [['X-Echo', secret]],
        body: bytes(`wrong: ${secret} ${encodeURIComponent(secret)}`),
      },
      error: null,
    })
    for (const form of [
      secret,
      encodeURIComponent(secret),
      Buffer.from(`user:${secret}`).toString('base64'),
      'hunter2',
    ])
      expect(all).not.toContain(form)
    expect(
      (
        await logged({
          secrets: SecretBook.of(secret),
          response: null,
          error: { code: 'tls_failed', message: `for ${secret}` },
        })
      ).all,
    ).not.toContain('hunter2')
  })

  it('by field: well-known names, and the names under which the method sends credentials', async () => {
    const { all } = await logged({
      credentialNames: { headers: ['X-Acme-Key'], queryKeys: ['acme_key'] },
      request: {
        ...{ method: 'POST', url: 'https://api.acme.example/?acme_key=one-secret&page=2' },
        headers: [
          ['Authorization', 'Bearer two-secret'],
          ['x-acme-key', 'three-secret'],
          ['Cookie', 'four-secret'],
        ],
        body: 'grant_type=password&password=five-secret',
      },
      response: {
        status: 200,
        headers: [['Set-Cookie', 'six-secret']],
        body: bytes('{"access_token":"seven-secret","refresh_token":"eight-secret","acme_key":"nine-secret"}'),
      },
    })
    expect(all).not.toMatch(/-secret/)
    expect(all).toContain('page=2')
    expect(all).toContain('grant_type=password')
  })

  it('the code of a token request, although `code` is an ordinary name in other requests', async () => {
    const request = post('code=splendid-code&redirect_uri=x')
    expect((await logged({ purpose: 'exchange', request })).all).not.toContain('splendid-code')
    expect((await logged({ purpose: 'endpoint', request })).all).toContain('splendid-code')
  })

  it('also at the point where the body is truncated', async () => {
    const long = 'a-very-long-secret-'.repeat(20)
    for (const start of [65_536 - long.length - 5, 65_536 - 10, 65_536, 65_536 + 900]) {
      const { bodies } = await logged({
        secrets: SecretBook.of(long),
        request: post(`${'x'.repeat(start)}${long}${'y'.repeat(200_000)}`),
      })
      expect(bodies.requestBody).not.toContain('a-very')
      expect(bodies.truncated).toBe(true)
    }
  })

  it('also when so many are removed that later text moves into the logged part', async () => {
    const long = 'a-very-long-secret-'.repeat(20)
    const { bodies } = await logged({ secrets: SecretBook.of(long), request: post(long.repeat(2_000)) })
    expect(bodies.requestBody).not.toContain('a-very')
  })
})

describe('bodies', () => {
  it('are limited to 64 KiB on each side, in whole characters', async () => {
    const { line, bodies } = await logged({
      request: post('é'.repeat(60_000)),
      response: { status: 200, headers: [], body: bytes('x'.repeat(65_536)) },
    })
    expect(Buffer.byteLength(bodies.requestBody!)).toBe(65_536)
    expect(bodies.requestBody).toBe('é'.repeat(32_768))
    expect(bodies.responseBody).toHaveLength(65_536)
    expect(bodies.truncated).toBe(true)
    expect(line).toMatchObject({ requestBytes: 120_000, responseBytes: 65_536 })
  })

  it('that are not text are mentioned but not stored', async () => {
    const { bodies } = await logged({
      response: {
        status: 200,
        headers: [['content-type', 'image/png; x=1']],
        body: new Uint8Array([0x89, 0x50, 0, 0xff, 0xfe]),
      },
    })
    expect(bodies.responseBody).toBe('(binary content, image/png, 5 bytes)')
  })

  it('are read in the character set they name', async () => {
    const { bodies } = await logged({
      response: {
        status: 200,
        headers: [['Content-Type', 'text/plain; charset=iso-8859-1']],
        body: new Uint8Array([0xe9]),
      },
    })
    expect(bodies.responseBody).toBe('é')
  })

  it('are sealed in the database, bound to their row', async () => {
    const { line } = await logged({ request: post('find-me-if-you-can') })
    const { line: other } = await logged({ request: post('another body') })
    const [row] = await database.sql<{ sealedRequestBody: string }>(
      'select "sealedRequestBody" from "RequestLogBody" where id = $1',
      [line.id],
    )
    expect(row!.sealedRequestBody).toMatch(/^v1\./)
    expect(row!.sealedRequestBody).not.toContain('find-me')
    await database.sql('update "RequestLogBody" set "sealedRequestBody" = $1 where id = $2', [
      row!.sealedRequestBody,
      other.id,
    ])
    expect(await getRequestBodies(actor, { id: other.id, at: other.at })).toMatchObject({
      ok: false,
      error: { code: 'key_unknown' },
    })
  })

  it('that were deleted after their retention are reported as deleted; the line stays', async () => {
    const { line } = await logged({ request: post('short-lived') })
    await database.sql('delete from "RequestLogBody" where id = $1', [line.id])
    expect(await getRequestBodies(actor, { id: line.id, at: line.at })).toMatchObject({
      ok: true,
      value: { kept: false, requestBody: null },
    })
  })
})

describe('failing to log never fails a request', () => {
  it('with any entry', async () => {
    const { line } = await logged({
      subject: 'null \0 and half \ud800',
      request: { method: 'GET', url: 'https://a.example/\0', headers: [['X', 'y\0']], body: null },
    })
    expect(line.subject).toContain('null')
    recordRequest(aRequestLogEntry('not a workspace id'))
    recordRequest(aRequestLogEntry(newId(), { instanceId: 'not an id' }))
    await expect(flushRequestLog()).resolves.toBeUndefined()
  })
})

it('lines are created between other events of the process, without delaying them', async () => {
  const body = bytes(JSON.stringify(Array.from({ length: 2_000 }, (_, id) => ({ id, number: `A-${id}` }))))
  const correlationId = newId()
  let turns = 0
  let turnsBeforeInsert = 0
  const send = vi.spyOn(Client.prototype, 'query')
  onTestFinished(() => send.mockRestore())
  const takeTurn = () => {
    if (send.mock.calls.some(([statement]) => JSON.stringify(statement).includes('insert_request_log'))) {
      turnsBeforeInsert = turns
      return
    }
    turns += 1
    setImmediate(takeTurn)
  }
  for (let number = 0; number < 40; number += 1)
    recordRequest(aRequestLogEntry(actor.workspaceId, { correlationId, response: { status: 200, headers: [], body } }))
  setImmediate(takeTurn)
  await flushRequestLog()
  const [row] = await database.sql<{ count: number }>(
    'SELECT count(*)::int AS count FROM "RequestLog" WHERE "correlationId" = $1',
    [correlationId],
  )
  expect(row!.count).toBe(40)
  // A line of this size takes about a millisecond, after which other events have their turn.
  expect(turnsBeforeInsert).toBeGreaterThan(10)
})
