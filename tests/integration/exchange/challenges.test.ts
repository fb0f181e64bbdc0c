import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { verifyDraft } from '@/lib/verification/verify'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import { acmeConnector, acmeEndpoint, acmeInstance, type Acme } from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { methodOf } from '../../support/method-builders'
import {
  digestRecordings,
  recordedPassword,
  responseOverBytes,
  type DigestRecording,
} from '../../support/digest-recordings'
import { openLoggedBodies } from '../../support/open-logged-bodies'
import { anHttpServer, aTcpServer } from '../../support/servers'
import { permitted } from '@/tests/support/permitted'

/** Digest: a challenge is answered by a second request in the same turn (RFC 7616). */

await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

const values = { username: known.digest.username, password: known.digest.password }
let actor: PersonActor

beforeEach(async () => {
  await sandbox.control.reset()
  actor = await anActor('manager')
})

async function anInstance(acme: Acme, url: string, given: Record<string, string> = values, httpMethod = 'GET') {
  const method = await methodOf(acme, 'digest', {
    phases: [{ kind: 'verify', step: 0, httpMethod: 'GET', url }],
    timeoutSeconds: 2,
  })
  const instance = await acmeInstance(acme, method, given)
  const endpoint = await acmeEndpoint(acme, method, url, { httpMethod })
  return {
    method,
    instanceId: instance.id,
    call: () =>
      sendEndpointRequest(actor, { instanceId: instance.id, endpointId: endpoint.id, values: {}, filters: {} }),
  }
}

const logRows = () =>
  systemDb().requestLog.findMany({ where: { workspaceId: actor.workspaceId }, orderBy: { at: 'asc' } })

describe.each(['md5', 'sha256'])('Digest with %s', (algorithm) => {
  test('answers the challenge; both requests are in the log, under one correlation id and without the password', async () => {
    const acme = await acmeConnector(actor.workspaceId, sandbox.url)
    const { call } = await anInstance(acme, `/digest-${algorithm}/orders`)
    const report = await call()
    expect(report).toMatchObject({ ok: true, value: { response: { status: 200 }, attempts: 1 } })
    const rows = await logRows()
    expect(rows.map(({ status, outcome }) => [status, outcome])).toEqual([
      [401, 'refused'],
      [200, 'succeeded'],
    ])
    expect(new Set(rows.map(({ correlationId }) => correlationId)).size).toBe(1)
    expect(JSON.stringify([report, rows, await openLoggedBodies()])).not.toMatch(
      new RegExp(`${known.digest.password}|response="(?!•)`),
    )
  })

  test('with a wrong password is rejected, without a third request', async () => {
    const acme = await acmeConnector(actor.workspaceId, sandbox.url)
    const { method } = await anInstance(acme, `/digest-${algorithm}/whoami`)
    const typed = Object.entries({ ...values, password: 'planted-wrong' }).map(([key, value]) => ({
      variableId: method.variables[key]!,
      value,
    }))
    const report = await verifyDraft(permitted(actor), {
      methodId: method.id,
      instanceId: null,
      values: typed,
      certificate: { kind: 'keep' },
    })
    expect(report).toMatchObject({ ok: true, value: { outcome: 'rejected', status: 401, step: 'test_request' } })
    expect(await sandbox.control.getRequests()).toHaveLength(2)
    expect(JSON.stringify(report)).not.toContain('planted-wrong')
  })
})

const challenge = { 'www-authenticate': 'Digest realm="acme", nonce="abc", qop="auth", algorithm=SHA-256' }

// Shows D33.
test('a challenge of another host that the request was redirected to is not answered', async () => {
  const other = await anHttpServer((_request, response) => response.writeHead(401, challenge).end())
  const vendor = await anHttpServer((_request, response) =>
    response.writeHead(302, { location: `${other.url}/orders` }).end(),
  )
  const acme = await acmeConnector(actor.workspaceId, vendor.url, { confirmed: [vendor.url, other.url] })
  const { call } = await anInstance(acme, '/orders')
  expect(await call()).toMatchObject({ ok: true, value: { response: { status: 401 } } })
  expect(other.seen.map(({ headers }) => headers.authorization)).toEqual([undefined])
  expect(vendor.seen).toHaveLength(1)
})

test('a challenge after a redirect through another host is not answered, even if it leads back', async () => {
  const other = await anHttpServer((_request, response) =>
    response.writeHead(302, { location: `${vendor.url}/chosen-elsewhere` }).end(),
  )
  const vendor = await anHttpServer((request, response) => {
    if (request.url === '/orders') return response.writeHead(302, { location: `${other.url}/orders` }).end()
    return response.writeHead(401, challenge).end()
  })
  const acme = await acmeConnector(actor.workspaceId, vendor.url, { confirmed: [vendor.url, other.url] })
  const { call } = await anInstance(acme, '/orders')
  expect(await call()).toMatchObject({ ok: true, value: { response: { status: 401 } } })
  expect(vendor.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
})

test('a challenge after a redirect within the host is answered at the new URL', async () => {
  const vendor = await anHttpServer((request, response) => {
    if (request.url === '/orders') return response.writeHead(301, { location: '/orders/' }).end()
    return response.writeHead(request.headers.authorization?.includes('uri="/orders/"') ? 200 : 401, challenge).end()
  })
  const { call } = await anInstance(await acmeConnector(actor.workspaceId, vendor.url), '/orders')
  expect(await call()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
})

test('both requests share one timeout', async () => {
  // Enough time for one response, but not for two.
  const answersAfterMs = 1_300
  const vendor = await anHttpServer((request, response) => {
    const answer = () => response.writeHead(request.headers.authorization ? 200 : 401, challenge).end()
    setTimeout(answer, answersAfterMs)
  })
  const { call } = await anInstance(await acmeConnector(actor.workspaceId, vendor.url), '/orders')
  expect(await call()).toMatchObject({ ok: false, error: { code: 'timed_out' } })
  expect(vendor.seen).toHaveLength(2)
})

/** Responds to requests without credentials byte by byte as Apache did, and records the credentials of the others. */
async function aServerThatReplays({ challenge }: DigestRecording) {
  const authorizations: string[] = []
  const server = await aTcpServer((socket) => {
    socket.on('data', (bytes) => {
      const authorization = /^authorization: (.*)\r$/im.exec(bytes.toString('latin1'))?.[1]
      if (authorization !== undefined) authorizations.push(authorization)
      const head =
        authorization === undefined
          ? ['HTTP/1.1 401 Unauthorized', 'Server: Apache/2.4.71 (Debian)', `WWW-Authenticate: ${challenge}`]
          : ['HTTP/1.1 200 OK', 'Server: Apache/2.4.71 (Debian)', 'Content-Type: application/json']
      socket.write(Buffer.from([...head, 'Content-Length: 2', '', '{}'].join('\r\n'), 'latin1'))
    })
  })
  return { url: server.url, authorizations }
}

test.each(digestRecordings)('a recorded challenge of Apache is answered byte by byte: $what', async (recording) => {
  const { username, usernameBytes, realmBytes, path } = recording
  const vendor = await aServerThatReplays(recording)
  const acme = await acmeConnector(actor.workspaceId, vendor.url)
  const { call } = await anInstance(acme, path, { username, password: recordedPassword })
  expect(await call()).toMatchObject({ ok: true, value: { response: { status: 200 } } })
  const [authorization = ''] = vendor.authorizations
  expect(vendor.authorizations).toHaveLength(1)
  expect(authorization).toContain(`username="${usernameBytes.toString('latin1')}"`)
  expect(authorization).toContain(`realm="${realmBytes.toString('latin1')}"`)
  const cnonce = /cnonce="([^"]+)"/.exec(authorization)?.[1] ?? ''
  expect(authorization).toContain(`response="${responseOverBytes(recording, cnonce)}"`)
})
