import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { cancelAuthorisationLink } from '@/lib/authorisations/links/cancel-authorisation-link'
import { continueAuthorisationLink } from '@/lib/authorisations/links/continue-authorisation-link'
import { createAuthorisationLink } from '@/lib/authorisations/links/create-authorisation-link'
import { findAuthorisationLink } from '@/lib/authorisations/links/find-authorisation-link'
import { getAuthorisationLink } from '@/lib/authorisations/links/get-authorisation-link'
import { completeAuthorisation } from '@/lib/authorisations/complete-authorisation'
import { sweepPendingAuthorisations } from '@/lib/authorisations/sweep-pending-authorisations'
import type { Actor, ApiKeyActor, PersonActor } from '@/lib/domain/access/actor'
import { createInstance } from '@/lib/instances/create-instance'
import { getInstance } from '@/lib/instances/get-instance'
import type { SaveOutcome } from '@/lib/instances/outcomes'
import { saveInstance } from '@/lib/instances/save-instance'
import { createInstanceSchema, saveInstanceSchema } from '@/lib/instances/schema'
import { systemDb } from '@/lib/platform/db/client'
import type { Result } from '@/lib/domain/result'
import { browseAuthorisation } from '../../sandbox/browse-authorisation'
import { startSandbox } from '../../sandbox/sandbox'
import {
  acmeConnector,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
  type Acme,
  type AcmeMethod,
} from '../../support/acme-builders'
import { aKeyActor } from '../../support/api-key-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { createInput, plainDetails, shown } from '../../support/instance-inputs'
import { browser } from '../../support/request-scope'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

const returnTo = 'https://app.acme.test/connected?team=1'
const minute = 60_000

let manager: PersonActor
let key: ApiKeyActor
let acme: Acme
let oauth: AcmeMethod
/** Has credentials, and is not authorised yet. */
let instanceId: string

beforeEach(async () => {
  await sandbox.control.reset()
  browser.cookies.clear()
  browser.headers = new Headers({ host: 'localhost:3000' })
  manager = await anActor('manager')
  key = await aKeyActor(manager, { role: 'manager', name: 'Onboarding' })
  acme = await acmeConnector(manager.workspaceId, sandbox.url)
  oauth = await acmeMethod(acme, 'oauth2_authorization_code')
  instanceId = (await acmeInstance(acme, oauth, acmeOAuthValues, { status: 'awaiting_authorisation' })).id
  await setReturnAddresses([returnTo])
})

async function setReturnAddresses(value: string[]): Promise<void> {
  const row = { workspaceId: manager.workspaceId, key: 'returnAddresses' }
  await systemDb().workspaceSetting.upsert({
    where: { workspaceId_key: row },
    create: { ...row, value },
    update: { value },
  })
}

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

const tokenOf = (url: string) => url.split('/').at(-1)!

async function aLink(given: { as?: Actor; instanceId?: string; returnTo?: string | null } = {}) {
  const { as = key, ...input } = given
  const link = valueOf(await createAuthorisationLink(as, { instanceId, ...input }))
  return { ...link, token: tokenOf(link.url) }
}

const poll = async (linkId: string, of = instanceId) => getAuthorisationLink(key, { instanceId: of, linkId })
const stateOf = async (linkId: string, of?: string) => valueOf(await poll(linkId, of)).state
const open = (token: string, as: Actor = manager) => findAuthorisationLink(as, { token })
const press = (token: string, as: Actor = manager) => continueAuthorisationLink(as, { token })

/** Goes through the third party, and opens the callback. */
async function decide(redirectTo: string, decision: 'Allow' | 'Deny' = 'Allow', as = manager) {
  const callback = await browseAuthorisation(redirectTo, { decision })
  return completeAuthorisation(as, { query: new URL(callback).searchParams.toString() })
}

async function authorise(token: string, decision: 'Allow' | 'Deny' = 'Allow') {
  return decide(valueOf(await press(token)).redirectTo, decision)
}

const rowOf = (id: string) => systemDb().instance.findFirstOrThrow({ where: { id } })
const linkRow = (id: string) =>
  systemDb().authorisationLink.findFirstOrThrow({ where: { id }, omit: { sealedSettings: false, tokenHash: false } })
const pendingOf = (linkId: string) => systemDb().pendingAuthorisation.findMany({ where: { linkId } })

async function isExpired(linkId: string): Promise<void> {
  await systemDb().authorisationLink.update({ where: { id: linkId }, data: { expiresAt: new Date(Date.now() - 1) } })
}

describe('a link that a program creates', () => {
  test('leads a person to the third party and then to the return address, and the program polls each step', async () => {
    const link = await aLink({ returnTo })
    expect(link.url).toBe(`http://localhost:3000/authorise/${link.token}`)
    expect(link.token).toMatch(/^[\w-]{43}$/)
    expect(new Date(link.expiresAt).getTime() - Date.now()).toBeGreaterThan(29 * minute)
    expect(valueOf(await poll(link.id))).toMatchObject({
      state: 'waiting',
      openedAt: null,
      endedAt: null,
      message: null,
    })
    const { redirectTo } = valueOf(await press(link.token))
    expect(new URL(redirectTo).origin).toBe(new URL(sandbox.url).origin)
    expect(await stateOf(link.id)).toBe('opened')
    expect(await decide(redirectTo)).toEqual({
      ok: true,
      value: { instanceId, returnTo: `${returnTo}&patchbay_authorisation=${link.id}&state=succeeded` },
    })
    expect(valueOf(await poll(link.id))).toMatchObject({
      state: 'succeeded',
      endedAt: expect.any(String),
      message: null,
    })
    expect(await rowOf(instanceId)).toMatchObject({ status: 'connected', lastVerifiedById: manager.userId })
  })

  test('is stored as a hash, and nothing that a program reads later contains its token', async () => {
    const { token, id } = await aLink()
    const stored = JSON.stringify(await linkRow(id))
    expect(stored).not.toContain(token)
    expect(JSON.stringify(await poll(id))).not.toContain(token)
    const audit = await sql(`SELECT * FROM "AuditLog" WHERE "workspaceId" = $1`, [manager.workspaceId])
    expect(JSON.stringify(audit)).not.toContain(token)
  })

  test('says who asked, from where, and for which instance', async () => {
    const asked = { ...key, address: '203.0.113.7' }
    const { token } = await aLink({ as: asked, returnTo })
    expect(valueOf(await open(token))).toMatchObject({
      askedBy: { kind: 'api_key', name: 'Onboarding', address: '203.0.113.7' },
      instance: { id: instanceId, name: (await rowOf(instanceId)).name },
      hasSettings: false,
      returnTo,
    })
  })

  test('is recorded in the history as the work of the key, and its use as that of the person', async () => {
    const { token } = await aLink()
    await authorise(token)
    const audit = await systemDb().auditLog.findMany({
      where: { workspaceId: manager.workspaceId, objectType: 'authorisation' },
      orderBy: { id: 'asc' },
    })
    expect(audit.map(({ action, actorKind, actorId }) => [action, actorKind, actorId])).toEqual([
      ['create_authorisation_link', 'api_key', key.keyId],
      ['begin_authorisation', 'person', manager.userId],
      ['authorise_instance', 'person', manager.userId],
    ])
    expect(audit[1]).toMatchObject({ changes: { fields: [{ field: 'requestedBy', to: 'Onboarding' }] } })
  })

  test('may be created by a key that is limited to the instance, and not for another instance', async () => {
    const other = await acmeInstance(acme, oauth, acmeOAuthValues, { status: 'awaiting_authorisation' })
    const limited = await aKeyActor(manager, { role: 'manager', limits: { instanceIds: [instanceId] } })
    const link = await aLink({ as: limited, returnTo })
    expect(await getAuthorisationLink(limited, { instanceId, linkId: link.id })).toMatchObject({ ok: true })
    expect((await authorise(link.token)).ok).toBe(true)
    expect(await createAuthorisationLink(limited, { instanceId: other.id })).toMatchObject({
      error: { code: 'not_found' },
    })
    const foreign = await aLink({ instanceId: other.id })
    expect(await getAuthorisationLink(limited, { instanceId: other.id, linkId: foreign.id })).toMatchObject({
      error: { code: 'not_found' },
    })
  })

  test('is refused to a key that may not change anything, or may only call', async () => {
    for (const given of [{ role: 'user' as const }, { role: 'manager' as const, callOnly: true }])
      expect(await createAuthorisationLink(await aKeyActor(manager, given), { instanceId })).toMatchObject({
        error: { code: 'not_allowed' },
      })
  })

  test('is refused for a method that needs no person, and for an instance without values', async () => {
    const basic = await acmeMethod(acme, 'basic')
    const plain = await acmeInstance(acme, basic, { username: 'a', password: 'b' })
    const empty = await acmeInstance(acme, oauth, {}, { status: 'awaiting_authorisation' })
    expect(await createAuthorisationLink(key, { instanceId: plain.id })).toMatchObject({
      error: { code: 'invalid_input', message: expect.stringContaining('needs no authorisation by a person') },
    })
    expect(await createAuthorisationLink(key, { instanceId: empty.id })).toMatchObject({
      error: { code: 'missing_value' },
    })
    expect(await systemDb().authorisationLink.count({ where: { workspaceId: manager.workspaceId } })).toBe(0)
  })
})

describe('a return address', () => {
  test.each([
    'https://evil.example/connected?team=1',
    'https://app.acme.test/connected',
    'https://app.acme.test/connected?team=1&more=1',
    'https://app.acme.test.evil.example/connected?team=1',
    'https://app.acme.test@evil.example/connected?team=1',
    '//app.acme.test/connected?team=1',
    'javascript:alert(1)',
    '',
  ])('that is not an entry of the setting is refused at its field: %s', async (address) => {
    expect(await createAuthorisationLink(key, { instanceId, returnTo: address })).toMatchObject({
      error: { code: 'invalid_input', field: 'returnTo' },
    })
  })

  test('that was removed from the setting since is no longer used', async () => {
    const link = await aLink({ returnTo })
    const { redirectTo } = valueOf(await press(link.token))
    await setReturnAddresses(['https://app.acme.test/other'])
    expect(await decide(redirectTo)).toEqual({ ok: true, value: { instanceId } })
    const next = await aLink()
    await systemDb().authorisationLink.update({ where: { id: next.id }, data: { returnTo } })
    expect(valueOf(await open(next.token)).returnTo).toBeNull()
    expect(valueOf(await cancelAuthorisationLink(manager, { token: next.token }))).toEqual({
      redirectTo: `/authorise/${next.token}`,
    })
  })
})

describe('a link works once', () => {
  test('of two people who continue at the same moment one goes on, and one authorisation begins', async () => {
    const other = await anActor('manager', manager.workspaceId)
    const link = await aLink()
    const both = await Promise.all([press(link.token), press(link.token, other)])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    const lost = both.find(({ ok }) => !ok)
    expect(lost).toMatchObject({
      error: { code: 'link_expired', message: expect.stringContaining('already been used') },
    })
    expect(await pendingOf(link.id)).toHaveLength(1)
  })

  test('it cannot be opened again, whether it succeeded, was refused or is under way', async () => {
    const link = await aLink()
    const { redirectTo } = valueOf(await press(link.token))
    for (const attempt of [open, press])
      expect(await attempt(link.token)).toMatchObject({ error: { code: 'link_expired' } })
    await decide(redirectTo)
    for (const attempt of [open, press])
      expect(await attempt(link.token)).toMatchObject({ error: { code: 'link_expired' } })
    expect(await stateOf(link.id)).toBe('succeeded')
  })

  test('it can still be used if the authorisation could not begin', async () => {
    const link = await aLink()
    browser.headers = new Headers({ host: 'unknown.example' })
    expect(await press(link.token)).toMatchObject({ error: { code: 'not_allowed' } })
    expect(await stateOf(link.id)).toBe('waiting')
    browser.headers = new Headers({ host: 'localhost:3000' })
    await systemDb().instance.update({ where: { id: instanceId }, data: { disabledAt: new Date() } })
    expect(await press(link.token)).toMatchObject({ error: { code: 'disabled' } })
    expect(await stateOf(link.id)).toBe('waiting')
    await systemDb().instance.update({ where: { id: instanceId }, data: { disabledAt: null } })
    expect((await authorise(link.token)).ok).toBe(true)
  })
})

describe('a link no longer works', () => {
  test('after thirty minutes', async () => {
    const link = await aLink()
    await isExpired(link.id)
    for (const attempt of [open, press])
      expect(await attempt(link.token)).toMatchObject({
        error: {
          code: 'link_expired',
          message: expect.stringContaining('The API key “Onboarding” can create a new one'),
        },
      })
    expect(valueOf(await poll(link.id))).toMatchObject({
      state: 'expired',
      message: expect.stringContaining('in time'),
    })
    expect(await pendingOf(link.id)).toEqual([])
  })

  test('once a newer link of the instance was created, by anybody', async () => {
    const [first, second] = [await aLink(), await aLink({ as: manager })]
    expect(await press(first.token)).toMatchObject({
      error: { code: 'link_expired', message: expect.stringContaining('newer link') },
    })
    expect(await stateOf(first.id)).toBe('expired')
    expect((await authorise(second.token)).ok).toBe(true)
  })

  test('if several are created at the same moment, except for one', async () => {
    const links = await Promise.all(Array.from({ length: 5 }, () => aLink()))
    const usable = await Promise.all(links.map(({ token }) => open(token)))
    expect(usable.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test.each([
    ['was revoked', { revokedAt: new Date() }],
    ['has expired', { expiresAt: new Date(Date.now() - 1) }],
    ['got a lower role', { role: 'user' as const }],
    ['may only call now', { callOnly: true }],
    ['is limited to other connectors now', { restricted: true }],
  ])('if its API key %s', async (_why, data) => {
    const link = await aLink()
    await systemDb().apiKey.update({ where: { id: key.keyId }, data })
    for (const attempt of [open, press])
      expect(await attempt(link.token)).toMatchObject({
        error: { code: 'link_expired', message: 'The API key “Onboarding” may no longer change this instance.' },
      })
    expect(await pendingOf(link.id)).toEqual([])
  })

  test('if the owner of its API key, or the person who created it, was removed', async () => {
    const owner = await anActor('manager', manager.workspaceId)
    const theirs = await aKeyActor(owner, { role: 'manager' })
    const other = await acmeInstance(acme, oauth, acmeOAuthValues, { status: 'awaiting_authorisation' })
    const links = [await aLink({ as: theirs }), await aLink({ as: owner, instanceId: other.id })]
    await systemDb().membership.deleteMany({ where: { userId: owner.userId } })
    for (const { token } of links) expect(await press(token)).toMatchObject({ error: { code: 'link_expired' } })
  })
})

describe('a link is opened', () => {
  test('only in its own workspace: elsewhere it is as unknown as one that never existed', async () => {
    const link = await aLink()
    const stranger = await anActor('administrator')
    const unknown = await open('x'.repeat(43), stranger)
    expect(unknown).toMatchObject({ error: { code: 'link_unknown' } })
    for (const attempt of [open, press]) expect(await attempt(link.token, stranger)).toEqual(unknown)
    expect(await cancelAuthorisationLink(stranger, { token: link.token })).toEqual(unknown)
    expect(await getAuthorisationLink(stranger, { instanceId, linkId: link.id })).toMatchObject({
      error: { code: 'not_found' },
    })
    expect(await stateOf(link.id)).toBe('waiting')
  })

  test('only by a person who may change something, never by a program', async () => {
    const link = await aLink()
    for (const role of ['read_only', 'user'] as const) {
      const person = await anActor(role, manager.workspaceId)
      for (const attempt of [open, press])
        expect(await attempt(link.token, person)).toMatchObject({ error: { code: 'not_allowed' } })
      expect(await cancelAuthorisationLink(person, { token: link.token })).toMatchObject({
        error: { code: 'not_allowed' },
      })
    }
    expect(await press(link.token, key)).toMatchObject({ error: { code: 'not_allowed' } })
    expect(await cancelAuthorisationLink(key, { token: link.token })).toMatchObject({ error: { code: 'not_allowed' } })
    expect(await stateOf(link.id)).toBe('waiting')
  })

  test('by the person and in the browser that continue: nobody else can finish it', async () => {
    const other = await anActor('manager', manager.workspaceId)
    const link = await aLink()
    const { redirectTo } = valueOf(await press(link.token))
    expect(await decide(redirectTo, 'Allow', other)).toMatchObject({ error: { code: 'state_foreign' } })
    expect(await stateOf(link.id)).toBe('opened')
    expect((await rowOf(instanceId)).status).toBe('awaiting_authorisation')
  })
})

describe('an authorisation of a link that does not succeed', () => {
  test('is refused with the reason, and the browser returns with it', async () => {
    const link = await aLink({ returnTo })
    expect(await authorise(link.token, 'Deny')).toMatchObject({
      error: {
        code: 'authorisation_denied',
        returnTo: `${returnTo}&patchbay_authorisation=${link.id}&state=refused`,
      },
    })
    const { state, message } = valueOf(await poll(link.id))
    expect(state).toBe('refused')
    expect(message).toContain('Access was denied at the third party.')
    expect((await rowOf(instanceId)).status).toBe('awaiting_authorisation')
  })

  test('says why the token endpoint refused it, without a secret', async () => {
    const wrong = 'a-client-secret-that-is-wrong'
    const other = await acmeInstance(
      acme,
      oauth,
      { ...acmeOAuthValues, client_secret: wrong },
      { status: 'awaiting_authorisation' },
    )
    const link = await aLink({ instanceId: other.id })
    expect(await authorise(link.token)).toMatchObject({ ok: false })
    const { state, message } = valueOf(await poll(link.id, other.id))
    expect(state).toBe('refused')
    expect(message).toContain('invalid_client')
    expect(message).not.toContain(wrong)
  })

  test('has expired if the person does not come back, or another authorisation begins', async () => {
    const left = await aLink()
    valueOf(await press(left.token))
    const past = { expiresAt: new Date(Date.now() - 1) }
    await systemDb().pendingAuthorisation.updateMany({ where: { linkId: left.id }, data: past })
    await isExpired(left.id)
    expect(await stateOf(left.id)).toBe('expired')
    const overtaken = await aLink()
    valueOf(await press(overtaken.token))
    valueOf(await press((await aLink()).token))
    expect(valueOf(await poll(overtaken.id))).toMatchObject({
      state: 'expired',
      endedAt: expect.any(String),
      message: expect.stringContaining('did not finish'),
    })
  })

  test('is refused by the person who cancels, and the program reads who it was', async () => {
    const link = await aLink({ returnTo })
    expect(valueOf(await cancelAuthorisationLink(manager, { token: link.token }))).toEqual({
      redirectTo: `${returnTo}&patchbay_authorisation=${link.id}&state=refused`,
    })
    expect(valueOf(await poll(link.id))).toMatchObject({
      state: 'refused',
      message: `${manager.label} cancelled the authorisation.`,
    })
    for (const attempt of [open, press])
      expect(await attempt(link.token)).toMatchObject({ error: { code: 'link_expired' } })
  })
})

describe('settings that a program sends', () => {
  type Authorise = Extract<SaveOutcome, { kind: 'authorise' }>

  function linkOf(saved: Result<SaveOutcome>): Authorise & { linkId: string; token: string } {
    const outcome = valueOf(saved)
    if (outcome.kind !== 'authorise' || outcome.linkId === null) throw new Error(JSON.stringify(outcome))
    return { ...outcome, linkId: outcome.linkId, token: tokenOf(outcome.redirectTo) }
  }

  const createByKey = async (values: Record<string, string> = acmeOAuthValues, as: Actor = key) =>
    createInstance(as, createInstanceSchema.parse(createInput(acme, oauth, values)))

  async function saveByKey(id: string, values: Record<string, string>, name?: string, as: Actor = key) {
    const { details, name: current, revision } = await shown(manager, id)
    const byId = Object.fromEntries(Object.entries(values).map(([one, value]) => [oauth.variables[one]!, value]))
    const { timeZone, dateFormat } = details
    return saveInstance(
      as,
      saveInstanceSchema.parse({
        ...{ instanceId: id, revision, values: byId, certificate: { kind: 'keep' }, intent: 'save' },
        details: { ...plainDetails, timeZone, dateFormat, name: name ?? current },
      }),
    )
  }

  const secretOf = async (id: string) =>
    systemDb().instanceValue.findFirst({ where: { instanceId: id, variableId: oauth.variables.client_secret! } })

  test('create an instance that awaits authorisation, and are stored only after a person has consented', async () => {
    const { instanceId: id, linkId, token, redirectTo } = linkOf(await createByKey())
    expect(redirectTo).toBe(`http://localhost:3000/authorise/${token}`)
    expect(await rowOf(id)).toMatchObject({ status: 'awaiting_authorisation', revision: 1 })
    expect(await secretOf(id)).toBeNull()
    expect(JSON.stringify(await linkRow(linkId))).not.toContain(acmeOAuthValues.client_secret)
    expect(valueOf(await open(token)).hasSettings).toBe(true)
    const { redirectTo: vendor } = valueOf(await press(token))
    expect(await secretOf(id)).toBeNull()
    expect((await linkRow(linkId)).sealedSettings).toBe('')
    expect(await decide(vendor)).toEqual({ ok: true, value: { instanceId: id } })
    expect(await secretOf(id)).not.toBeNull()
    expect(await rowOf(id)).toMatchObject({ status: 'connected', revision: 2 })
  })

  test('leave the current ones in use until then, and for good if the person denies', async () => {
    await authorise((await aLink()).token)
    const before = await rowOf(instanceId)
    const { linkId, token } = linkOf(await saveByKey(instanceId, { scope: 'orders.read' }, 'Renamed'))
    expect(await rowOf(instanceId)).toEqual(before)
    expect(await authorise(token, 'Deny')).toMatchObject({ error: { code: 'authorisation_denied' } })
    expect(await rowOf(instanceId)).toEqual(before)
    expect((await linkRow(linkId)).sealedSettings).toBe('')
    const again = linkOf(await saveByKey(instanceId, { scope: 'orders.read' }, 'Renamed'))
    expect((await authorise(again.token)).ok).toBe(true)
    expect(await rowOf(instanceId)).toMatchObject({ name: 'Renamed', status: 'connected' })
  })

  test('are refused once somebody else has changed the instance, and the link has ended', async () => {
    const { instanceId: id, linkId, token } = linkOf(await createByKey())
    await systemDb().instance.update({ where: { id }, data: { revision: { increment: 1 } } })
    expect(await press(token)).toMatchObject({
      error: { code: 'changed_by_someone_else', message: expect.stringContaining('was changed after this link') },
    })
    expect(valueOf(await poll(linkId, id))).toMatchObject({
      state: 'refused',
      message: expect.stringContaining('Send them again'),
    })
    expect((await linkRow(linkId)).sealedSettings).toBe('')
    expect(await pendingOf(linkId)).toEqual([])
  })

  test('are refused if the instance is changed while the person is at the third party', async () => {
    const { instanceId: id, linkId, token } = linkOf(await createByKey())
    const { redirectTo } = valueOf(await press(token))
    await systemDb().instance.update({ where: { id }, data: { revision: { increment: 1 } } })
    expect(await decide(redirectTo)).toMatchObject({ error: { code: 'changed_by_someone_else' } })
    expect(await stateOf(linkId, id)).toBe('refused')
    expect(await secretOf(id)).toBeNull()
  })

  test('wait for the same key: a newer link with a return address uses them, and a save adds to them', async () => {
    const first = linkOf(await createByKey())
    const renamed = linkOf(await saveByKey(first.instanceId, {}, 'Named later'))
    const link = await aLink({ instanceId: first.instanceId, returnTo })
    for (const { linkId } of [first, renamed]) {
      expect(await linkRow(linkId)).toMatchObject({ state: 'superseded', sealedSettings: '' })
      expect(await stateOf(linkId, first.instanceId)).toBe('expired')
    }
    expect((await authorise(link.token)).ok).toBe(true)
    expect(await rowOf(first.instanceId)).toMatchObject({ status: 'connected', name: 'Named later' })
  })

  test('are shown to the key that sent them, without secrets, and to nobody else', async () => {
    await authorise((await aLink()).token)
    linkOf(await saveByKey(instanceId, { scope: 'orders.read', client_secret: 'planted-secret' }, 'Renamed'))
    const seen = valueOf(await getInstance(key, { instanceId }))
    expect(seen).toMatchObject({ details: { name: 'Renamed' }, pending: { live: true, isNew: true } })
    expect(JSON.stringify(seen)).not.toContain('planted-secret')
    const other = await aKeyActor(manager, { role: 'manager' })
    for (const as of [other, manager])
      expect(valueOf(await getInstance(as, { instanceId }))).toMatchObject({ name: seen.name, pending: null })
  })

  test('are not given to another key or person', async () => {
    const { instanceId: id } = linkOf(await createByKey())
    for (const as of [await aKeyActor(manager, { role: 'manager' }), manager])
      expect(await createAuthorisationLink(as, { instanceId: id })).toMatchObject({ error: { code: 'missing_value' } })
    expect((await aLink({ instanceId: id })).token).toMatch(/^[\w-]{43}$/)
  })

  test('cannot lead stored secrets to another host (rule R14)', async () => {
    const account = await systemDb().variable.create({
      data: {
        ...{ workspaceId: manager.workspaceId, connectorId: acme.connectorId, methodId: oauth.id },
        ...{ level: 'method', key: 'account', displayName: 'Account', inputKind: 'url' },
      },
    })
    await systemDb().connector.update({ where: { id: acme.connectorId }, data: { allowedHosts: ['*.acme.test'] } })
    await systemDb().authenticationPhase.updateMany({
      where: { methodId: oauth.id, kind: 'exchange' },
      data: { url: '{{ account }}/token' },
    })
    const { revision, details, name } = await shown(manager, instanceId)
    const { timeZone, dateFormat } = details
    const saved = await saveInstance(
      key,
      saveInstanceSchema.parse({
        ...{ instanceId, revision, certificate: { kind: 'keep' }, intent: 'authorise' },
        values: { [account.id]: 'https://elsewhere.acme.test' },
        details: { ...plainDetails, timeZone, dateFormat, name },
      }),
    )
    expect(saved).toMatchObject({ error: { code: 'secret_needed_for_new_host' } })
    expect(await systemDb().authorisationLink.count({ where: { instanceId } })).toBe(0)
  })

  test('are removed with the new instance if no link can be created for it', async () => {
    const count = () => systemDb().instance.count({ where: { workspaceId: manager.workspaceId } })
    const before = await count()
    expect(await createByKey({ scope: 'orders.read' })).toMatchObject({ ok: false })
    expect(await count()).toBe(before)
  })

  test('are deleted after a day, and the row after another one', async () => {
    const { linkId } = linkOf(await createByKey())
    const ended = await aLink()
    await authorise(ended.token)
    const { createdAt, expiresAt } = await linkRow(linkId)
    const after = (from: Date, hours: number) => new Date(from.getTime() + hours * 60 * minute)
    await sweepPendingAuthorisations(after(createdAt, 23))
    expect((await linkRow(linkId)).sealedSettings).not.toBe('')
    await sweepPendingAuthorisations(after(createdAt, 24))
    expect((await linkRow(linkId)).sealedSettings).toBe('')
    await sweepPendingAuthorisations(after(createdAt, 25))
    expect(await stateOf(ended.id)).toBe('succeeded')
    await sweepPendingAuthorisations(after(expiresAt, 49))
    expect(await systemDb().authorisationLink.count({ where: { workspaceId: manager.workspaceId } })).toBe(0)
    expect(await systemDb().pendingAuthorisation.count({ where: { workspaceId: manager.workspaceId } })).toBe(0)
  })
})
