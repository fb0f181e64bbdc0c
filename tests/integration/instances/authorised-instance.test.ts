import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { discardInstance } from '@/lib/instances/discard-instance'
import { discardPending } from '@/lib/authorisations/discard-pending'
import { checkInstance } from '@/lib/verification/check-instance'
import { browseAuthorisation } from '../../sandbox/browse-authorisation'
import { known } from '../../sandbox/known'
import { startSandbox } from '../../sandbox/sandbox'
import { acmeConnector, acmeMethod, acmeOAuthValues, type Acme, type AcmeMethod } from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { browserSecret, create, save, shown, testConnection } from '../../support/instance-inputs'
import { completeAs } from '@/tests/support/authorise'

await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

let manager: PersonActor
let acme: Acme
let oauth: AcmeMethod

beforeEach(async () => {
  await sandbox.control.reset()
  manager = await anActor('manager')
  acme = await acmeConnector(manager.workspaceId, sandbox.url)
  oauth = await acmeMethod(acme, 'oauth2_authorization_code')
})

type Begun = Awaited<ReturnType<typeof create>>

async function decide(begun: Begun, decision: 'Allow' | 'Deny') {
  if (!begun.ok) throw new Error(begun.error.message)
  if (begun.value.kind !== 'authorise') throw new Error(begun.value.kind)
  const callback = await browseAuthorisation(begun.value.redirectTo, { decision })
  return completeAs(manager, callback, browserSecret)
}

async function onlyInstance(): Promise<string> {
  const { id } = await systemDb().instance.findFirstOrThrow({ where: { workspaceId: manager.workspaceId } })
  return id
}

async function authorised(): Promise<string> {
  const done = await decide(await create(manager, acme, oauth, acmeOAuthValues, { name: 'Acme EU' }), 'Allow')
  if (!done.ok) throw new Error(done.error.message)
  return done.value.instanceId
}

const fields = async (id: string) =>
  Object.fromEntries((await shown(manager, id)).fields.main.map((field) => [field.variable.key, field]))

describe('a new instance that a person authorises', () => {
  test('awaits the authorisation with its values sealed, and is connected after it', async () => {
    const begun = await create(manager, acme, oauth, acmeOAuthValues, { name: 'Acme EU' })
    const id = await onlyInstance()
    expect((await shown(manager, id)).health.status).toBe('awaiting_authorisation')
    expect(await systemDb().instanceValue.count({ where: { instanceId: id } })).toBe(0)
    expect((await decide(begun, 'Allow')).ok).toBe(true)
    const view = await shown(manager, id)
    expect([view.health.status, view.pending]).toEqual(['connected', null])
    expect(view.token).toMatchObject({ refreshCount: 0, renewal: 'refreshed', named: [] })
    expect(await checkInstance(manager, { instanceId: id })).toMatchObject({ ok: true, value: { outcome: 'accepted' } })
  })

  test('after a denial shows the pending plain values, and for secrets only that there is a new one', async () => {
    const denied = await decide(await create(manager, acme, oauth, acmeOAuthValues), 'Deny')
    expect(denied).toMatchObject({ ok: false, error: { code: 'authorisation_denied' } })
    const { client_id, client_secret, scope } = await fields(await onlyInstance())
    expect([client_id?.value, client_id?.waiting]).toEqual([known.clients.basic.id, true])
    expect([client_secret?.value, client_secret?.waiting, client_secret?.isSet]).toEqual(['', true, true])
    expect(scope?.value).toBe(acmeOAuthValues.scope)
  })

  test('after a denial is authorised without typing the secret again, with what was changed in the meantime', async () => {
    await decide(await create(manager, acme, oauth, acmeOAuthValues), 'Deny')
    const id = await onlyInstance()
    expect(
      (await decide(await save(manager, id, oauth, { scope: 'orders.read' }, { intent: 'authorise' }), 'Allow')).ok,
    ).toBe(true)
    const view = await shown(manager, id)
    expect(view.health.status).toBe('connected')
    expect((await fields(id)).scope?.value).toBe('orders.read')
  })

  test('waits only for the person who started it: nobody else sees what was typed', async () => {
    await decide(await create(manager, acme, oauth, acmeOAuthValues), 'Deny')
    const other = await anActor('manager', manager.workspaceId)
    const view = await shown(other, await onlyInstance())
    expect(view.pending).toBeNull()
    expect(view.fields.main.every(({ value, waiting }) => value === '' && !waiting)).toBe(true)
  })

  test('can be discarded while it is pending, but not once it is authorised', async () => {
    await decide(await create(manager, acme, oauth, acmeOAuthValues), 'Deny')
    expect(await discardInstance(manager, { instanceId: await onlyInstance() })).toMatchObject({ ok: true })
    expect(await systemDb().instance.count({ where: { workspaceId: manager.workspaceId } })).toBe(0)
    expect(await discardInstance(manager, { instanceId: await authorised() })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    })
  })

  test('needs its values like any other', async () => {
    expect(await create(manager, acme, oauth, { client_id: 'acme-basic' })).toMatchObject({
      ok: false,
      error: { code: 'missing_value', field: `values.${oauth.variables.client_secret}` },
    })
  })

  test('accepts no value for a variable that the authorisation fills in', async () => {
    expect(await create(manager, acme, oauth, { ...acmeOAuthValues, oauth_authorised_code: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    })
  })
})

describe('saving an authorised instance', () => {
  test('“Authorise again” without typed values does not say that new values are pending', async () => {
    const id = await authorised()
    await decide(await save(manager, id, oauth, {}, { intent: 'authorise' }), 'Deny')
    expect((await shown(manager, id)).pending).toMatchObject({ isNew: false })
    await decide(await save(manager, id, oauth, {}, { intent: 'authorise', name: 'Renamed' }), 'Deny')
    expect((await shown(manager, id)).pending).toMatchObject({ isNew: true })
  })

  test('immediately saves what does not concern the authentication (DATA §8)', async () => {
    const id = await authorised()
    expect(await save(manager, id, oauth, {}, { name: 'Renamed' })).toMatchObject({
      ok: true,
      value: { kind: 'saved' },
    })
    expect((await shown(manager, id)).health.status).toBe('connected')
  })

  test('goes to the third party for another scope; until it confirms, the whole save is pending and the old values work', async () => {
    const id = await authorised()
    const begun = await save(manager, id, oauth, { scope: 'orders.read' }, { name: 'Renamed' })
    expect(begun).toMatchObject({ ok: true, value: { kind: 'authorise' } })
    expect((await shown(manager, id)).name).toBe('Acme EU')
    expect((await decide(begun, 'Deny')).ok).toBe(false)
    const waiting = await shown(manager, id)
    expect([waiting.name, waiting.details.name, waiting.pending !== null]).toEqual(['Acme EU', 'Renamed', true])
    expect(await checkInstance(manager, { instanceId: id })).toMatchObject({ ok: true, value: { outcome: 'accepted' } })
    await discardPending(manager, { instanceId: id })
    expect((await fields(id)).scope?.value).toBe(acmeOAuthValues.scope)
  })

  test('a pending value that is typed back to the current one counts as unchanged', async () => {
    const id = await authorised()
    await decide(await save(manager, id, oauth, { scope: 'orders.read' }), 'Deny')
    expect(await save(manager, id, oauth, { scope: acmeOAuthValues.scope }, { name: 'Renamed' })).toMatchObject({
      ok: true,
      value: { kind: 'saved' },
    })
    expect((await fields(id)).scope?.value).toBe(acmeOAuthValues.scope)
  })

  test('Authorise again fixes an instance whose refresh token was revoked', async () => {
    const id = await authorised()
    await sandbox.control.revokeGrants()
    await sandbox.control.expireAccessTokens()
    expect(await checkInstance(manager, { instanceId: id })).toMatchObject({
      ok: true,
      value: { outcome: 'rejected', step: 'getting_token' },
    })
    expect((await shown(manager, id)).health.status).toBe('needs_authorising_again')
    expect((await decide(await save(manager, id, oauth, {}, { intent: 'authorise' }), 'Allow')).ok).toBe(true)
    expect((await shown(manager, id)).health.status).toBe('connected')
  })
})

test('Test instance connection is not offered where a person must act, by a direct call either (rule R7)', async () => {
  const id = await authorised()
  expect((await shown(manager, id)).method.needsPerson).toBe(true)
  await sandbox.control.clearRequests()
  expect(await testConnection(manager, id, oauth, {})).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
  expect(await sandbox.control.getRequests({})).toEqual([])
})
