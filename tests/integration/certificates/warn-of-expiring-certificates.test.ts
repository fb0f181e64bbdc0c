import { beforeEach, describe, expect, test } from 'vitest'
import { listChanges } from '@/lib/activity/list-changes'
import { certificateEnd, certificateWarning } from '@/lib/certificates/certificate-warning'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { readConnectorFilter } from '@/lib/connectors/schema'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { getInstance } from '@/lib/instances/get-instance'
import { warnOfExpiringCertificates } from '@/lib/certificates/warn-of-expiring-certificates'
import { storeCertificate } from '@/lib/credentials/store-certificate'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { aConnector, aMethod, anInstance } from '@/tests/support/endpoint-builders'

await testDatabase()
const day = 86_400_000
const now = new Date('2026-03-10T12:00:00Z')
const daysLater = (days: number) => new Date(now.getTime() + days * day)

let actor: PersonActor
let instance: { id: string; name: string }

beforeEach(async () => {
  actor = await anActor('manager')
  const owner = await aConnector(actor.workspaceId)
  instance = await anInstance(owner, (await aMethod(owner, 'Token')).id, 'Acme UK')
})

function upload(validTo: Date | null) {
  const change = {
    kind: 'replace',
    certificatePem: 'PEM',
    keyPem: 'key',
    caPem: null,
    subject: 'CN=acme',
    issuer: 'CN=ca',
    fingerprint: '00',
    validFrom: null,
    validTo: validTo?.toISOString() ?? null,
  } as const
  return workspaceDb(actor.workspaceId).$transaction((tx) => storeCertificate(tx, actor, instance.id, change))
}

const warnings = () =>
  systemDb().auditLog.findMany({
    where: { workspaceId: actor.workspaceId, action: { startsWith: 'warn_of' } },
    orderBy: { id: 'asc' },
  })

describe('the check of certificates', () => {
  test('writes one line thirty days before the expiry and one at the expiry, by the system', async () => {
    await upload(daysLater(31))
    await warnOfExpiringCertificates(now)
    expect(await warnings()).toEqual([])
    for (const at of [daysLater(1), daysLater(2), daysLater(30)]) await warnOfExpiringCertificates(at)
    expect(await warnings()).toMatchObject([
      {
        action: 'warn_of_expiring_certificate',
        objectType: 'instance',
        objectId: instance.id,
        objectName: 'Acme UK',
        userId: null,
        actorName: 'Patchbay',
        changes: {
          fields: [
            { field: 'certificate', to: 'CN=acme' },
            { field: 'expires', to: '2026-04-10' },
          ],
        },
      },
    ])
    for (const at of [daysLater(31), daysLater(32)]) await warnOfExpiringCertificates(at)
    expect((await warnings()).map(({ action }) => action)).toEqual([
      'warn_of_expiring_certificate',
      'warn_of_expired_certificate',
    ])
  })

  test('writes the line once in several processes', async () => {
    await upload(daysLater(3))
    await Promise.all([1, 2, 3].map(() => warnOfExpiringCertificates(now)))
    expect(await warnings()).toHaveLength(1)
  })

  test('writes one line for a certificate that had already expired', async () => {
    await upload(daysLater(-1))
    await warnOfExpiringCertificates(now)
    expect((await warnings()).map(({ action }) => action)).toEqual(['warn_of_expired_certificate'])
  })

  test('starts again for a new certificate', async () => {
    await upload(daysLater(3))
    await warnOfExpiringCertificates(now)
    await upload(daysLater(20))
    await warnOfExpiringCertificates(now)
    expect((await warnings()).map(({ changes }) => changes)).toMatchObject([
      { fields: [{}, { field: 'expires', to: '2026-03-13' }] },
      { fields: [{}, { field: 'expires', to: '2026-03-30' }] },
    ])
  })

  test('writes nothing for a certificate without an expiry, or after the instance was deleted', async () => {
    await upload(null)
    await warnOfExpiringCertificates(now)
    await upload(daysLater(3))
    await systemDb().instance.deleteMany({ where: { id: instance.id } })
    await warnOfExpiringCertificates(now)
    expect(await warnings()).toEqual([])
  })

  test('is shown in Activity', async () => {
    await upload(daysLater(3))
    await warnOfExpiringCertificates(now)
    const shown = await listChanges(actor, { q: '', sort: '-at', after: '' })
    expect(shown).toMatchObject({
      ok: true,
      value: {
        items: [
          {
            person: 'Patchbay',
            what: 'Warned of expiring certificate',
            href: `/instances/${instance.id}`,
            changes: ['Certificate: CN=acme', 'Expires on: 2026-03-13'],
          },
        ],
      },
    })
  })
})

describe('a certificate that expires soon', () => {
  const soon = () => new Date(Date.now() + 12 * day + 60_000)

  test('is shown next to its instance on Manage connectors', async () => {
    const line = async () => {
      const page = await listConnectors(actor, readConnectorFilter({}))
      if (!page.ok) throw new Error(page.error.message)
      return page.value.items.flatMap(({ instances }) => instances).find(({ id }) => id === instance.id)
    }
    expect((await line())?.certificate).toBeNull()
    await upload(soon())
    expect((await line())?.certificate).toEqual({ state: 'expiring', words: 'Certificate expires in 12 days' })
    await upload(new Date(Date.now() - day))
    expect((await line())?.certificate).toEqual({ state: 'expired', words: 'Certificate expired' })
  })

  test('is shown on the instance', async () => {
    await upload(soon())
    expect(await getInstance(actor, { instanceId: instance.id })).toMatchObject({
      ok: true,
      value: { certificate: { warning: expect.stringContaining('expires in 12 days'), expired: false } },
    })
    await upload(new Date(Date.now() - day))
    expect(await getInstance(actor, { instanceId: instance.id })).toMatchObject({
      ok: true,
      value: { certificate: { warning: expect.stringContaining('expired on'), expired: true } },
    })
  })

  test.each([
    [31, null],
    [30, 'Certificate expires in 30 days'],
    [1, 'Certificate expires in 1 day'],
    [0.5, 'Certificate expires today'],
    [0, 'Certificate expired'],
  ])('%s days before', (days, words) => {
    expect(certificateEnd(daysLater(days), now)?.words ?? null).toBe(words)
    expect(certificateWarning(daysLater(days), now) === null).toBe(words === null)
  })
})
