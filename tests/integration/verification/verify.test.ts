import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { verifyDraft } from '@/lib/verification/verify'
import { checkInstance } from '@/lib/verification/check-instance'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import {
  acmeBasicValues,
  acmeConnector,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
  type Acme,
  type AcmeMethod,
} from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { anHttpServer } from '../../support/servers'
import { aToken } from '../../support/token-builders'
import { permitted } from '@/tests/support/permitted'

await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let actor: PersonActor
let acme: Acme
let method: AcmeMethod

beforeEach(async () => {
  await sandbox.control.reset()
  actor = await anActor('manager')
  acme = await acmeConnector(actor.workspaceId, sandbox.url)
  method = await acmeMethod(acme, 'basic')
})

function draft(
  values: Record<string, string | null>,
  given: { methodId?: string; instanceId?: string | null; of?: AcmeMethod } = {},
) {
  const of = given.of ?? method
  const typed = Object.entries(values).map(([key, value]) => ({ variableId: of.variables[key]!, value }))
  return {
    methodId: given.methodId ?? of.id,
    instanceId: given.instanceId ?? null,
    values: typed,
    certificate: { kind: 'keep' } as const,
  }
}

const instanceRow = (id: string) => systemDb().instance.findFirstOrThrow({ where: { id } })

describe('testing unsaved values of a form (rule R7)', () => {
  test('correct credentials are accepted at the test request, and nothing is stored', async () => {
    const report = await verifyDraft(permitted(actor), draft(acmeBasicValues))
    expect(report).toMatchObject({ ok: true, value: { outcome: 'accepted', step: 'test_request', status: 200 } })
    expect(await systemDb().instance.count({ where: { workspaceId: actor.workspaceId } })).toBe(0)
  })

  test('a wrong password is rejected with the third party’s message, without the password', async () => {
    const report = await verifyDraft(permitted(actor), draft({ ...acmeBasicValues, password: 'planted-wrong-secret' }))
    expect(report).toMatchObject({ ok: true, value: { outcome: 'rejected', step: 'test_request', status: 401 } })
    expect(JSON.stringify(report)).not.toContain('planted-wrong-secret')
  })

  test('a server error, a missing page and a rate limit are inconclusive, each with its status', async () => {
    for (const status of [500, 404, 429]) {
      await sandbox.control.failApi({ status, times: 1 })
      expect(await verifyDraft(permitted(actor), draft(acmeBasicValues))).toMatchObject({
        ok: true,
        value: { outcome: 'could_not_tell', status },
      })
    }
  })

  test('a redirect is inconclusive, even if the log-in page behind it returns 200', async () => {
    const vendor = await anHttpServer((request, response) =>
      response.writeHead(request.url === '/login' ? 200 : 302, { location: '/login' }).end(),
    )
    const of = await acmeMethod(await acmeConnector(actor.workspaceId, vendor.url), 'basic')
    const report = await verifyDraft(permitted(actor), draft(acmeBasicValues, { of }))
    expect(report).toMatchObject({
      ok: true,
      value: {
        outcome: 'could_not_tell',
        step: 'test_request',
        status: 302,
        message: expect.stringContaining('redirect'),
      },
    })
    expect(vendor.seen.map(({ url }) => url)).toEqual(['/whoami'])
  })

  test('a host that cannot be reached is reported as the deciding step', async () => {
    const closed = 'http://127.0.0.1:1'
    const unreachable = await acmeConnector(actor.workspaceId, closed)
    const of = await acmeMethod(unreachable, 'basic')
    expect(await verifyDraft(permitted(actor), draft(acmeBasicValues, { of }))).toMatchObject({
      ok: true,
      value: { outcome: 'could_not_tell', step: 'reaching_host', status: null },
    })
  })

  test('a method without a test request has nothing to verify against', async () => {
    const of = await acmeMethod(acme, 'basic', { testUrl: null })
    expect(await verifyDraft(permitted(actor), draft(acmeBasicValues, { of }))).toMatchObject({
      ok: true,
      value: { outcome: 'nothing_to_verify' },
    })
    expect(await sandbox.control.getRequests()).toEqual([])
  })

  test('a missing value is an error on its field, and nothing is sent', async () => {
    const report = await verifyDraft(permitted(actor), draft({ username: 'acme-api' }))
    expect(report).toMatchObject({
      ok: false,
      error: { code: 'missing_value', field: `values.${method.variables.password}` },
    })
    expect(await sandbox.control.getRequests()).toEqual([])
  })

  test('an untouched secret is the stored one', async () => {
    const { id } = await acmeInstance(acme, method, acmeBasicValues)
    expect(await verifyDraft(permitted(actor), draft({}, { instanceId: id }))).toMatchObject({
      ok: true,
      value: { outcome: 'accepted' },
    })
  })

  test('the secrets of another workspace’s instance cannot be used', async () => {
    const { id } = await acmeInstance(acme, method, acmeBasicValues)
    const stranger = await anActor('administrator')
    expect(await verifyDraft(permitted(stranger), draft({}, { instanceId: id }))).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    const theirs = await acmeMethod(await acmeConnector(stranger.workspaceId, sandbox.evilUrl), 'basic')
    expect(await verifyDraft(permitted(stranger), draft({}, { of: theirs, instanceId: id }))).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(await sandbox.control.getRequests()).toEqual([])
  })

  test('the secrets of an instance cannot be used with another method', async () => {
    const { id } = await acmeInstance(acme, method, acmeBasicValues)
    const other = await acmeMethod(acme, 'basic')
    expect(await verifyDraft(permitted(actor), draft({}, { of: other, instanceId: id }))).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })

  test('is not offered for authorisation-code methods', async () => {
    const of = await acmeMethod(acme, 'oauth2_authorization_code')
    expect(await verifyDraft(permitted(actor), draft(acmeOAuthValues, { of }))).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    })
  })
})

describe('settings that lead to another host (DATA §6)', () => {
  let instanceId: string
  let of: AcmeMethod
  let account: string

  beforeEach(async () => {
    const port = new URL(sandbox.url).port
    acme = await acmeConnector(actor.workspaceId, `http://{{account}}.localhost:${port}`, {
      confirmed: [`http://{account}.localhost:${port}`],
    })
    of = await acmeMethod(acme, 'basic', { testUrl: '/whoami' })
    const { workspaceId, connectorId } = acme
    const variable = await systemDb().variable.create({
      data: { workspaceId, connectorId, level: 'connector', key: 'account', displayName: 'Account', required: true },
    })
    account = variable.id
    of.variables.account = account
    instanceId = (await acmeInstance(acme, of, { ...acmeBasicValues, account: 'acme' })).id
  })

  test('a stored secret is not sent to the new host: it has to be typed again', async () => {
    const report = await verifyDraft(permitted(actor), draft({ account: 'evil' }, { of, instanceId }))
    expect(report).toMatchObject({
      ok: false,
      error: { code: 'secret_needed_for_new_host', field: `values.${of.variables.password}` },
    })
    expect(await sandbox.control.getRequests()).toEqual([])
  })

  test('with the secret typed again the new host is used', async () => {
    const report = await verifyDraft(
      permitted(actor),
      draft({ account: 'other', password: known.basic.password }, { of, instanceId }),
    )
    expect(report).toMatchObject({ ok: true })
    expect((report as { value: { step: string } }).value.step).not.toBe('building')
  })

  test('a change that leads to the same host keeps the secrets', async () => {
    expect(await verifyDraft(permitted(actor), draft({ account: 'acme' }, { of, instanceId }))).toMatchObject({
      ok: true,
    })
  })
})

describe('Check now', () => {
  test('accepted: the instance is connected, with the time and person, without a new revision', async () => {
    const instance = await acmeInstance(acme, method, acmeBasicValues)
    expect(await checkInstance({ ...actor, role: 'user' }, { instanceId: instance.id })).toMatchObject({
      ok: true,
      value: { outcome: 'accepted' },
    })
    expect(await instanceRow(instance.id)).toMatchObject({
      status: 'connected',
      lastVerifiedById: actor.userId,
      revision: instance.revision,
      lastVerification: { outcome: 'accepted' },
    })
  })

  test('rejected: the instance is failing, with the reason', async () => {
    const { id } = await acmeInstance(acme, method, acmeBasicValues)
    await sandbox.control.setBasicPassword({ password: 'changed' })
    expect(await checkInstance(actor, { instanceId: id })).toMatchObject({ ok: true, value: { outcome: 'rejected' } })
    expect(await instanceRow(id)).toMatchObject({ status: 'failing', statusReason: expect.stringContaining('401') })
  })

  test('inconclusive: the status does not change', async () => {
    const { id } = await acmeInstance(acme, method, acmeBasicValues)
    await sandbox.control.failApi({ status: 503 })
    expect(await checkInstance(actor, { instanceId: id })).toMatchObject({
      ok: true,
      value: { outcome: 'could_not_tell', status: 503 },
    })
    expect(await instanceRow(id)).toMatchObject({
      status: 'connected',
      lastVerification: { outcome: 'could_not_tell' },
    })
  })

  test('another workspace’s instance is not found', async () => {
    const { id } = await acmeInstance(acme, method, acmeBasicValues)
    expect(await checkInstance(await anActor('administrator'), { instanceId: id })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })

  test('a revoked refresh token is found while getting the token', async () => {
    const oauth = await acmeMethod(acme, 'oauth2_authorization_code')
    const { id } = await acmeInstance(acme, oauth, acmeOAuthValues)
    await aToken({ workspaceId: actor.workspaceId, instanceId: id }, { refreshToken: 'never-issued-refresh-token' })
    expect(await checkInstance(actor, { instanceId: id })).toMatchObject({
      ok: true,
      value: { outcome: 'rejected', step: 'getting_token' },
    })
    const row = await instanceRow(id)
    expect(row).toMatchObject({
      status: 'needs_authorising_again',
      statusReason: expect.stringContaining('invalid_grant'),
    })
    expect(JSON.stringify(row)).not.toContain('never-issued-refresh-token')
  })
})
