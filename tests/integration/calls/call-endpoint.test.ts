import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import type { PersonActor } from '@/lib/domain/access/actor'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  type Acme,
  type AcmeMethod,
} from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'

await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let actor: PersonActor
let acme: Acme
let method: AcmeMethod
let instanceId: string
let endpointId: string

beforeEach(async () => {
  await sandbox.control.reset()
  actor = await anActor('user')
  acme = await acmeConnector(actor.workspaceId, sandbox.url)
  method = await acmeMethod(acme, 'basic')
  instanceId = (await acmeInstance(acme, method, acmeBasicValues)).id
  endpointId = (await acmeEndpoint(acme, method, '/orders', { dataPath: '$.orders' })).id
})

const call = (input: Partial<Parameters<typeof sendEndpointRequest>[1]> = {}, as = actor) =>
  sendEndpointRequest(as, { instanceId, endpointId, values: {}, filters: {}, ...input })
const requests = async () => (await sandbox.control.getRequests()).length
const logRows = () => systemDb().requestLog.findMany({ where: { workspaceId: actor.workspaceId } })

describe('a request of an instance', () => {
  test('returns the response with its records counted and without secrets', async () => {
    const report = await call()
    expect(report).toMatchObject({
      ok: true,
      value: { response: { status: 200, isJson: true, truncated: false, recordCount: 50 }, attempts: 1 },
    })
    const text = JSON.stringify(report)
    expect(text).not.toContain(known.basic.password)
    expect(text).not.toContain(Buffer.from(`${known.basic.username}:${known.basic.password}`).toString('base64'))
    expect(text).toContain('"Authorization","Basic ••••••"')
  })

  test('is in the request log with secrets redacted, under one correlation id', async () => {
    const correlationId = newId()
    await call({ correlationId })
    const rows = await logRows()
    expect(rows).toMatchObject([
      {
        correlationId,
        purpose: 'endpoint',
        outcome: 'succeeded',
        status: 200,
        instanceId,
        endpointId,
        userId: actor.userId,
      },
    ])
    expect(JSON.stringify(rows)).not.toContain(known.basic.password)
  })

  test('an error status is a response, not an error of the call', async () => {
    await sandbox.control.setBasicPassword({ password: 'changed' })
    expect(await call()).toMatchObject({ ok: true, value: { response: { status: 401 } } })
  })

  test('uses changed credentials immediately', async () => {
    await sandbox.control.setBasicPassword({ password: 'changed' })
    await systemDb().instanceValue.deleteMany({ where: { instanceId } })
    expect(await call()).toMatchObject({ ok: false, error: { code: 'no_credentials' } })
  })

  test('a third party that never responds causes a timeout', async () => {
    const slow = await acmeEndpoint(acme, method, '/misbehaving/never-answers')
    expect(await call({ endpointId: slow.id, timeoutSeconds: 1 })).toMatchObject({
      ok: false,
      error: { code: 'timed_out' },
    })
    expect(await logRows()).toMatchObject([{ outcome: 'failed', errorCode: 'timed_out' }])
  })

  test('a response of 50 MB is cut off, with a message', async () => {
    const big = await acmeEndpoint(acme, method, '/misbehaving/fifty-megabytes')
    expect(await call({ endpointId: big.id })).toMatchObject({ ok: false, error: { code: 'answer_too_large' } })
  })

  test('a redirect to another origin does not carry the credentials', async () => {
    const elsewhere = await acmeEndpoint(acme, method, '/misbehaving/redirect-other-origin')
    await call({ endpointId: elsewhere.id })
    const received = await sandbox.control.getRequests({ server: 'evil' })
    expect(received.length).toBe(1)
    expect(JSON.stringify(received)).not.toMatch(/Basic |basic-password/)
  })
})

describe('refused before anything is sent:', () => {
  const refusedWith = async (code: string, result: ReturnType<typeof call>) => {
    expect(await result).toMatchObject({ ok: false, error: { code } })
    expect(await requests()).toBe(0)
  }

  test('an endpoint that is not enabled for the instance’s method (rule R3)', async () => {
    await systemDb().enablement.deleteMany({ where: { endpointId } })
    await refusedWith('endpoint_not_available', call())
  })

  test('an endpoint of another connector, which is not found, so that a limited key learns nothing of it', async () => {
    const other = await acmeConnector(actor.workspaceId, sandbox.url)
    const foreign = await acmeEndpoint(other, await acmeMethod(other, 'basic'), '/orders')
    await refusedWith('not_found', call({ endpointId: foreign.id }))
  })

  test('an instance of another workspace is not found', async () => {
    await refusedWith('not_found', call({}, await anActor('administrator')))
  })

  test('invalid ids are not found', async () => {
    await refusedWith('not_found', call({ instanceId: 'nonsense' }))
    await refusedWith('not_found', call({ endpointId: "'; DROP TABLE" }))
  })

  test('a read-only person', async () => {
    await refusedWith('not_allowed', call({}, { ...actor, role: 'read_only' }))
  })

  // Shows D4.
  test('a missing secret: no other credential is used instead', async () => {
    await systemDb().instanceValue.deleteMany({ where: { instanceId, variableId: method.variables.password! } })
    const other = await acmeMethod(acme, 'basic')
    await acmeInstance(acme, other, acmeBasicValues)
    await refusedWith('no_credentials', call())
  })

  // Shows D1.
  test('an origin that no administrator has confirmed (rule R14)', async () => {
    await systemDb().connectorOrigin.updateMany({
      where: { connectorId: acme.connectorId },
      data: { confirmedAt: null },
    })
    await refusedWith('origin_not_confirmed', call())
  })

  test('a base URL that was changed to another host', async () => {
    await systemDb().connector.updateMany({ where: { id: acme.connectorId }, data: { baseUrl: sandbox.evilUrl } })
    await refusedWith('origin_not_confirmed', call())
    expect(await sandbox.control.getRequests({ server: 'evil' })).toEqual([])
  })

  test('a sealed value that was moved to another instance cannot be opened', async () => {
    const victim = await acmeInstance(acme, method, acmeBasicValues)
    const thief = await acmeInstance(acme, method, { username: 'thief', password: 'thief' })
    const [stolen] = await systemDb().instanceValue.findMany({
      where: { instanceId: victim.id, variableId: method.variables.password! },
      omit: { sealedValue: false },
    })
    await systemDb().instanceValue.updateMany({
      where: { instanceId: thief.id, variableId: method.variables.password! },
      data: { sealedValue: stolen!.sealedValue },
    })
    expect(await call({ instanceId: thief.id })).toMatchObject({
      ok: false,
      error: { code: 'key_unknown', message: expect.stringContaining('cannot be opened') },
    })
    expect(await requests()).toBe(0)
  })
})
