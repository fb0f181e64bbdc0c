import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
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
import { aCertificate } from '../../support/certificates'
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

async function decide(begun: Begun, decision: 'Allow' | 'Deny', as = manager) {
  if (!begun.ok) throw new Error(begun.error.message)
  if (begun.value.kind !== 'authorise') throw new Error(begun.value.kind)
  const callback = await browseAuthorisation(begun.value.redirectTo, { decision })
  return completeAs(as, callback, browserSecret)
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

describe('an instance that somebody else saved while a person was at the third party (rule R12)', () => {
  const typedSecret = known.clients.basic.secret
  const sealed = (id: string) =>
    systemDb().pendingAuthorisation.count({ where: { instanceId: id, NOT: { sealedSettings: '' } } })

  /** The manager typed a name, a scope and a secret; the other person saved the date format meanwhile. */
  async function overtaken() {
    const id = await authorised()
    const typed = { scope: 'orders.read', client_secret: typedSecret }
    const begun = await save(manager, id, oauth, typed, { name: 'Renamed' })
    const other = await anActor('manager', manager.workspaceId)
    await save(other, id, oauth, {}, { details: { dateFormat: 'DD/MM/YYYY' } })
    return { id, other, refused: await decide(begun, 'Allow') }
  }

  test('is not overwritten, and its page has what was typed, only for its own person and without the secret', async () => {
    const { id, other, refused } = await overtaken()
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', overtaken: true, canRetry: false },
    })
    const view = await shown(manager, id)
    expect(view.details).toMatchObject({ name: 'Acme EU', dateFormat: 'DD/MM/YYYY' })
    expect(view.pending).toBeNull()
    const { scope, client_secret } = oauth.variables
    expect(view.overtaken).toMatchObject({
      changedBy: { name: other.label },
      before: { details: { name: 'Acme EU', dateFormat: '' }, values: { [scope!]: { value: acmeOAuthValues.scope } } },
      yours: {
        details: { name: 'Renamed', dateFormat: '' },
        values: { [scope!]: 'orders.read' },
        secretIds: [client_secret],
        certificate: null,
      },
    })
    expect(JSON.stringify(view)).not.toContain(typedSecret)
    expect((await shown(other, id)).overtaken).toBeNull()
    const reader = await anActor('read_only', manager.workspaceId)
    expect((await shown(reader, id)).overtaken).toBeNull()
  })

  test('shows no value whose variable was made secret since it was typed', async () => {
    const { id } = await overtaken()
    await systemDb().variable.update({ where: { id: oauth.variables.scope! }, data: { secret: true } })
    const text = JSON.stringify((await shown(manager, id)).overtaken)
    expect(text).not.toContain('orders.read')
    expect((await shown(manager, id)).overtaken?.yours.secretIds).toContain(oauth.variables.scope)
  })

  test('takes of what waits only what the person chose', async () => {
    const { id } = await overtaken()
    const chosen = { values: [oauth.variables.client_secret!], certificate: false }
    const before = await fields(id)
    // The same secret as before, so that nothing has to be authorised.
    expect(await save(manager, id, oauth, {}, { waiting: chosen })).toMatchObject({
      ok: true,
      value: { kind: 'saved' },
    })
    const after = await fields(id)
    expect(after.client_secret?.setAt).not.toBe(before.client_secret?.setAt)
    expect(after.scope?.value).toBe(acmeOAuthValues.scope)
    expect((await shown(manager, id)).details).toMatchObject({ name: 'Acme EU', dateFormat: 'DD/MM/YYYY' })
    expect([(await shown(manager, id)).overtaken, await sealed(id)]).toEqual([null, 0])
  })

  test('forgets what waits once its person saves without it', async () => {
    const { id } = await overtaken()
    expect(await save(manager, id, oauth, {}, { name: 'Only the name' })).toMatchObject({
      ok: true,
      value: { kind: 'saved' },
    })
    expect([(await shown(manager, id)).overtaken, await sealed(id)]).toEqual([null, 0])
  })

  test('refuses a choice of what is no longer stored', async () => {
    const { id } = await overtaken()
    await discardPending(manager, { instanceId: id })
    const waiting = { values: [oauth.variables.client_secret!], certificate: false }
    expect(await save(manager, id, oauth, {}, { waiting })).toMatchObject({
      ok: false,
      error: { code: 'state_expired' },
    })
  })

  test('keeps what was typed when the other person’s authorisation supersedes and applies first', async () => {
    const id = await authorised()
    const begun = await save(manager, id, oauth, { scope: 'orders.read' }, { name: 'Renamed' })
    const other = await anActor('manager', manager.workspaceId)
    const theirs = await save(other, id, oauth, { scope: 'products.read' })
    expect((await decide(theirs, 'Allow', other)).ok).toBe(true)
    expect(await decide(begun, 'Allow')).toMatchObject({
      ok: false,
      error: { code: 'state_superseded', overtaken: true },
    })
    expect((await shown(manager, id)).overtaken?.yours).toMatchObject({ details: { name: 'Renamed' } })
    expect((await fields(id)).scope?.value).toBe('products.read')
  })

  test('saves what its person chose even if the method no longer needs a person', async () => {
    const { id } = await overtaken()
    await systemDb().authenticationPhase.deleteMany({ where: { methodId: oauth.id } })
    await systemDb().authenticationMethod.update({
      where: { id: oauth.id },
      data: { type: 'none', options: authenticationTypeDefinitions.none.defaultOptions },
    })
    const before = await fields(id)
    const chosen = { values: [oauth.variables.client_secret!], certificate: false }
    const saved = await save(manager, id, oauth, {}, { waiting: chosen, intent: 'save_without_verifying' })
    expect(saved).toMatchObject({ ok: true, value: { kind: 'saved' } })
    expect((await fields(id)).client_secret?.setAt).not.toBe(before.client_secret?.setAt)
  })

  test('refuses a choice that another authorisation of the same person has replaced', async () => {
    const { id, other } = await overtaken()
    await decide(await save(manager, id, oauth, { scope: 'products.read' }), 'Deny')
    await save(other, id, oauth, {}, { details: { dateFormat: 'YYYY-MM-DD' } })
    const waiting = { values: [oauth.variables.client_secret!], certificate: false }
    expect(await save(manager, id, oauth, {}, { waiting })).toMatchObject({
      ok: false,
      error: { code: 'state_expired' },
    })
  })

  test('can be discarded without ending the authorisation of the other person', async () => {
    const { id, other } = await overtaken()
    const theirs = await save(other, id, oauth, { scope: 'products.read' })
    const discarded = () => systemDb().auditLog.count({ where: { objectId: id, action: 'discard_authorisation' } })
    await discardPending(manager, { instanceId: id })
    expect([(await shown(manager, id)).overtaken, await sealed(id), await discarded()]).toEqual([null, 1, 1])
    await discardPending(manager, { instanceId: id })
    expect([await sealed(id), await discarded()]).toEqual([1, 1])
    expect((await decide(theirs, 'Allow', other)).ok).toBe(true)
    expect((await fields(id)).scope?.value).toBe('products.read')
  })

  test('asks nobody to choose who typed nothing', async () => {
    const id = await authorised()
    const begun = await save(manager, id, oauth, {}, { intent: 'authorise' })
    const other = await anActor('manager', manager.workspaceId)
    await save(other, id, oauth, {}, { name: 'Renamed' })
    expect(await decide(begun, 'Allow')).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', overtaken: false, message: expect.stringContaining(other.label) },
    })
    expect((await shown(manager, id)).overtaken).toBeNull()
  })
})

describe('secrets that wait, and settings that lead to another host (DATA §6)', () => {
  const secret = known.clients.basic.secret

  beforeEach(async () => {
    const { workspaceId, connectorId } = acme
    const allowedHosts = [sandbox.url, sandbox.evilUrl].map((url) => new URL(url).host)
    await systemDb().connector.updateMany({ where: { id: connectorId }, data: { allowedHosts } })
    const shop = await systemDb().variable.create({
      data: {
        workspaceId,
        connectorId,
        level: 'connector',
        key: 'shop',
        displayName: 'Shop',
        inputKind: 'url',
        configurable: true,
        defaultValue: sandbox.url,
      },
    })
    oauth.variables.shop = shop.id
    await systemDb().authenticationPhase.updateMany({
      where: { methodId: oauth.id, kind: 'verify' },
      data: { url: '{{ shop }}/whoami' },
    })
  })

  const refusedAt = (field: string) => ({
    ok: false,
    error: {
      code: 'secret_needed_for_new_host',
      field,
      message: expect.stringContaining(`these settings would send it to ${sandbox.evilUrl}.`),
    },
  })
  const secretRefused = () => refusedAt(`values.${oauth.variables.client_secret}`)

  /** The manager typed a secret for one host; the other person saved another host meanwhile. */
  async function sentElsewhere() {
    const id = await authorised()
    const begun = await save(manager, id, oauth, { client_secret: secret, scope: 'orders.read' })
    const other = await anActor('manager', manager.workspaceId)
    const theirs = await save(other, id, oauth, { shop: sandbox.evilUrl, client_secret: secret })
    expect((await decide(theirs, 'Allow', other)).ok).toBe(true)
    expect(await decide(begun, 'Allow')).toMatchObject({ ok: false, error: { overtaken: true } })
    return { id, waiting: { values: [oauth.variables.client_secret!], certificate: false } }
  }

  test('are not saved for the host that somebody else saved meanwhile', async () => {
    const { id, waiting } = await sentElsewhere()
    const before = await fields(id)
    expect(await save(manager, id, oauth, {}, { waiting })).toMatchObject(secretRefused())
    expect(await save(manager, id, oauth, {}, { waiting, intent: 'authorise' })).toMatchObject(secretRefused())
    expect((await fields(id)).client_secret?.setAt).toBe(before.client_secret?.setAt)
  })

  test('are saved for the host for which they were typed', async () => {
    const { id, waiting } = await sentElsewhere()
    expect(await save(manager, id, oauth, { shop: sandbox.url }, { waiting })).toMatchObject({ ok: true })
  })

  test('are saved for the other host once they are typed again', async () => {
    const { id, waiting } = await sentElsewhere()
    const typed = { client_secret: 'typed for the other host' }
    expect(await save(manager, id, oauth, typed, { waiting })).toMatchObject({
      ok: true,
      value: { kind: 'authorise' },
    })
  })

  test('are not saved for a host that the same person enters later', async () => {
    const id = await authorised()
    await decide(await save(manager, id, oauth, { client_secret: secret, scope: 'orders.read' }), 'Deny')
    expect(await save(manager, id, oauth, { shop: sandbox.evilUrl })).toMatchObject(secretRefused())
    expect(await save(manager, id, oauth, { scope: 'products.read' })).toMatchObject({ ok: true })
    expect(await save(manager, id, oauth, { shop: sandbox.evilUrl, client_secret: secret })).toMatchObject({
      ok: true,
      value: { kind: 'authorise' },
    })
  })

  test('are not saved for another host of an instance that was never authorised', async () => {
    await decide(await create(manager, acme, oauth, acmeOAuthValues), 'Deny')
    expect(await save(manager, await onlyInstance(), oauth, { shop: sandbox.evilUrl })).toMatchObject(secretRefused())
  })

  test('include the private key of a certificate', async () => {
    const id = await authorised()
    const { certificatePem: pem, keyPem } = aCertificate({ name: 'Acme client' })
    await decide(await save(manager, id, oauth, {}, { certificate: { pem, keyPem } }), 'Deny')
    const typed = { shop: sandbox.evilUrl, client_secret: secret }
    expect(await save(manager, id, oauth, typed)).toMatchObject(refusedAt('certificate'))
    expect(await save(manager, id, oauth, typed, { certificate: { pem, keyPem } })).toMatchObject({ ok: true })
  })
})

test('Test instance connection is not offered where a person must act, by a direct call either (rule R7)', async () => {
  const id = await authorised()
  expect((await shown(manager, id)).method.needsPerson).toBe(true)
  await sandbox.control.clearRequests()
  expect(await testConnection(manager, id, oauth, {})).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
  expect(await sandbox.control.getRequests({})).toEqual([])
})
