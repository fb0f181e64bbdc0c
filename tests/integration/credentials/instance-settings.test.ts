import { beforeEach, describe, expect, test } from 'vitest'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import type { PersonActor } from '@/lib/domain/access/actor'
import { applyInstanceSettings } from '@/lib/credentials/apply-instance-settings'
import { loadCredentials } from '@/lib/credentials/credentials'
import type { CertificateChange, InstanceSettings } from '@/lib/credentials/instance-settings'
import {
  acmeBasicValues,
  acmeConnector,
  acmeInstance,
  acmeMethod,
  typedSettings,
  type Acme,
  type AcmeMethod,
} from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'

const { sql } = await testDatabase()

let actor: PersonActor
let acme: Acme
let method: AcmeMethod
let instance: { id: string; name: string }

beforeEach(async () => {
  actor = await anActor('manager')
  acme = await acmeConnector(actor.workspaceId, 'https://api.acme.test')
  method = await acmeMethod(acme, 'basic')
  instance = await acmeInstance(acme, method, acmeBasicValues)
})

function apply(settings: InstanceSettings, given: { baseRevision?: number; as?: PersonActor } = {}) {
  const { baseRevision = 1, as = actor } = given
  return commitUnlessRefused(workspaceDb(as.workspaceId), (tx) =>
    applyInstanceSettings(tx, as, { instanceId: instance.id, baseRevision }, settings),
  )
}

const row = () => systemDb().instance.findFirstOrThrow({ where: { id: instance.id }, include: { certificate: true } })
const lastAudit = () =>
  systemDb().auditLog.findFirstOrThrow({ where: { workspaceId: actor.workspaceId }, orderBy: { id: 'desc' } })
const effectiveValue = async (key: string) => {
  const loaded = await loadCredentials(actor.workspaceId, instance.id)
  return loaded.ok ? loaded.value.values.instance?.get(method.variables[key]!) : loaded.error.code
}

describe('saving the settings of an instance', () => {
  test('stores typed values, leaves other values unchanged, and raises the revision', async () => {
    expect(await apply(typedSettings(method, 'Renamed', { username: 'someone' }))).toMatchObject({
      ok: true,
      value: { name: 'Renamed', revision: 2 },
    })
    expect(await effectiveValue('username')).toBe('someone')
    expect(await effectiveValue('password')).toBe(acmeBasicValues.password)
  })

  test('a secret is sealed, and the audit log only says what happened to it', async () => {
    await apply(typedSettings(method, instance.name, { username: 'someone', password: 'planted-new-secret' }))
    expect(await effectiveValue('password')).toBe('planted-new-secret')
    expect(await lastAudit()).toMatchObject({
      action: 'update_instance',
      changes: {
        fields: expect.arrayContaining([
          { field: 'value', of: 'Username', from: acmeBasicValues.username, to: 'someone' },
          { field: 'value', of: 'Password', how: 'replaced' },
        ]),
      },
    })
    const everything = JSON.stringify([
      await sql(`SELECT v::text FROM "InstanceValue" v`),
      await sql(`SELECT a::text FROM "AuditLog" a`),
    ])
    expect(everything).not.toContain('planted-new-secret')
  })

  test('clearing a value removes it, so that it is missing afterwards', async () => {
    await apply(typedSettings(method, instance.name, { password: null }))
    expect(await lastAudit()).toMatchObject({
      changes: { fields: [{ field: 'value', of: 'Password', how: 'removed' }] },
    })
    expect(await effectiveValue('password')).toBe('no_credentials')
  })

  test('an older revision is refused with the other person’s name, and nothing is stored', async () => {
    await apply(typedSettings(method, 'First', {}))
    const second = await apply(typedSettings(method, 'Second', { username: 'second' }))
    expect(second).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', message: expect.stringContaining(actor.label) },
    })
    expect(await row()).toMatchObject({ name: 'First', revision: 2 })
    expect(await effectiveValue('username')).toBe(acmeBasicValues.username)
  })

  test('a taken name is an error on its field, ignoring case', async () => {
    await acmeInstance(acme, method, {}, { name: 'Taken' })
    expect(await apply(typedSettings(method, 'TAKEN', {}))).toMatchObject({
      ok: false,
      error: { code: 'name_taken', field: 'name' },
    })
  })

  test('a variable of another method is refused, and nothing is stored', async () => {
    const other = await acmeMethod(acme, 'basic')
    const foreign = {
      ...typedSettings(method, 'Renamed', {}),
      values: [{ variableId: other.variables.password!, value: 'x' }],
    }
    expect(await apply(foreign)).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    expect(await row()).toMatchObject({ name: instance.name, revision: 1 })
  })

  test('another workspace’s instance is not found', async () => {
    expect(await apply(typedSettings(method, 'Mine now', {}), { as: await anActor('administrator') })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })

  test('a certificate is stored with its key sealed, replaced and removed', async () => {
    const certificate: CertificateChange = {
      kind: 'replace',
      ...{ certificatePem: 'CERTIFICATE', keyPem: 'planted-private-key', caPem: null },
      ...{
        subject: 'CN=acme',
        issuer: 'CN=ca',
        fingerprint: 'AA',
        validFrom: null,
        validTo: '2030-01-01T00:00:00.000Z',
      },
    }
    await apply(typedSettings(method, instance.name, {}, { certificate }))
    expect(await lastAudit()).toMatchObject({ changes: { fields: [{ field: 'certificate', how: 'set' }] } })
    expect(await row()).toMatchObject({
      certificate: { subject: 'CN=acme', validTo: new Date('2030-01-01T00:00:00Z') },
    })
    expect(JSON.stringify(await sql(`SELECT c::text FROM "Certificate" c`))).not.toContain('planted-private-key')
    const loaded = await loadCredentials(actor.workspaceId, instance.id)
    expect(loaded).toMatchObject({
      ok: true,
      value: { tls: { certificatePem: 'CERTIFICATE', keyPem: 'planted-private-key' } },
    })
    await apply(typedSettings(method, instance.name, {}, { certificate: { kind: 'remove' } }), { baseRevision: 2 })
    expect(await row()).toMatchObject({ certificate: null })
    expect(await lastAudit()).toMatchObject({ changes: { fields: [{ field: 'certificate', how: 'removed' }] } })
  })
})
