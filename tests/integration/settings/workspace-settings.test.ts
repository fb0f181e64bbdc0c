import { beforeAll, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { workspaceDb } from '@/lib/platform/db/client'
import { getSetting } from '@/lib/settings/get-setting'
import { getWorkspaceSettings } from '@/lib/settings/get-workspace-settings'
import { saveRetention } from '@/lib/settings/save-retention'
import { saveReturnAddresses } from '@/lib/settings/save-return-addresses'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'

let database: TestDatabase
let dana: PersonActor
let robin: PersonActor
const done = 'https://app.example.com/done'

beforeAll(async () => {
  database = await testDatabase()
})

async function aTeam() {
  dana = await anActor('administrator', undefined, 'Dana')
  robin = await anActor('administrator', dana.workspaceId, 'Robin')
}

async function settingsOf(actor: PersonActor) {
  const result = await getWorkspaceSettings(actor, {})
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const audit = (actor: PersonActor) =>
  database.sql<{ action: string; objectType: string; objectName: string; actorName: string; changes: unknown }>(
    `SELECT "action", "objectType", "objectName", "actorName", "changes" FROM "AuditLog" WHERE "workspaceId" = $1 ORDER BY "id"`,
    [actor.workspaceId],
  )

describe('The settings of a workspace', () => {
  test('have their defaults until they are saved', async () => {
    await aTeam()
    expect(await settingsOf(dana)).toEqual({
      returnAddresses: { revision: 1, saved: null, addresses: [] },
      retention: { revision: 1, saved: null, requestDays: 7, bodyHours: 72 },
    })
    expect(await getSetting(workspaceDb(dana.workspaceId), 'returnAddresses')).toEqual([])
  })

  test('are those of one workspace', async () => {
    await aTeam()
    const other = await anActor()
    await saveReturnAddresses(dana, { revision: 1, addresses: [done] })
    await saveRetention(dana, { revision: 1, requestDays: 30, bodyHours: 100 })
    expect((await settingsOf(other)).returnAddresses.addresses).toEqual([])
    expect(await getSetting(workspaceDb(other.workspaceId), 'retention')).toEqual({ requestDays: 7, bodyHours: 72 })
    expect(await getSetting(workspaceDb(dana.workspaceId), 'retention')).toEqual({ requestDays: 30, bodyHours: 100 })
    expect(await audit(other)).toEqual([])
  })

  test.each(['read_only', 'user', 'manager'] as const)(
    'are neither shown to nor changed by the role %s',
    async (role) => {
      await aTeam()
      const actor = await anActor(role, dana.workspaceId)
      const refused = { ok: false, error: { code: 'not_allowed' } }
      expect(await getWorkspaceSettings(actor, {})).toMatchObject(refused)
      expect(await saveReturnAddresses(actor, { revision: 1, addresses: [] })).toMatchObject(refused)
      expect(await saveRetention(actor, { revision: 1, requestDays: 9, bodyHours: 72 })).toMatchObject(refused)
      expect((await settingsOf(dana)).retention.revision).toBe(1)
    },
  )

  test('a stored value that is not one of the setting is a bug', async () => {
    await aTeam()
    await database.sql(`INSERT INTO "WorkspaceSetting" VALUES ($1, 'retention', '{"requestDays":0}', 2, now(), '')`, [
      dana.workspaceId,
    ])
    await expect(getSetting(workspaceDb(dana.workspaceId), 'retention')).rejects.toThrow()
  })
})

describe('Saving return addresses', () => {
  test('replaces the list, stores the normal form, and is audited by address', async () => {
    await aTeam()
    const first = await saveReturnAddresses(dana, {
      revision: 1,
      addresses: ['HTTPS://App.example.com:443/done', done + 2],
    })
    expect(first).toEqual({ ok: true, value: { revision: 2 } })
    await saveReturnAddresses(robin, { revision: 2, addresses: [done, 'http://localhost:4000/'] })
    const { returnAddresses } = await settingsOf(dana)
    expect(returnAddresses).toMatchObject({
      revision: 3,
      saved: { by: 'Robin' },
      addresses: [done, 'http://localhost:4000/'],
    })
    expect(Math.abs(Date.parse(returnAddresses.saved!.at) - Date.now())).toBeLessThan(60_000)
    expect(await audit(dana)).toMatchObject([
      {
        ...{
          action: 'save_return_addresses',
          objectType: 'setting',
          objectName: 'Return addresses',
          actorName: 'Dana',
        },
        changes: { fields: [{ field: 'returnAddress', how: 'added', names: [done, done + 2] }] },
      },
      {
        actorName: 'Robin',
        changes: {
          fields: [
            { field: 'returnAddress', how: 'added', names: ['http://localhost:4000/'] },
            { field: 'returnAddress', how: 'removed', names: [done + 2] },
          ],
        },
      },
    ])
  })

  test('a secret in the query of an address is not in the audit log', async () => {
    await aTeam()
    const address = `${done}?api_key=hunter2-hunter2`
    await saveReturnAddresses(dana, { revision: 1, addresses: [address] })
    expect((await settingsOf(dana)).returnAddresses.addresses).toEqual([address])
    const [row] = await audit(dana)
    expect(row!.changes).toMatchObject({ fields: [{ names: [`${done}?…`] }] })
  })

  test('a second editor is refused, with who and when, also if nobody had saved before', async () => {
    await aTeam()
    await saveReturnAddresses(dana, { revision: 1, addresses: [done] })
    const refused = {
      ok: false,
      error: {
        code: 'changed_by_someone_else',
        message: expect.stringMatching(/^“Return addresses” was changed by Dana on \d{4}-\d\d-\d\d at .* UTC/),
        changedBy: { name: 'Dana', at: expect.stringMatching(/^\d{4}-/) },
      },
    }
    expect(await saveReturnAddresses(robin, { revision: 1, addresses: [] })).toMatchObject(refused)
    await saveReturnAddresses(dana, { revision: 2, addresses: [done, done + 2] })
    expect(await saveReturnAddresses(robin, { revision: 2, addresses: [] })).toMatchObject(refused)
    expect(await saveReturnAddresses(robin, { revision: 99, addresses: [] })).toMatchObject(refused)
    expect((await settingsOf(dana)).returnAddresses.addresses).toEqual([done, done + 2])
    expect(await audit(dana)).toHaveLength(2)
  })

  test('of two who save at the same moment, one is refused', async () => {
    for (const revision of [1, 2]) {
      if (revision === 1) await aTeam()
      const both = await Promise.all([
        saveReturnAddresses(dana, { revision, addresses: [`${done}/dana/${revision}`] }),
        saveReturnAddresses(robin, { revision, addresses: [`${done}/robin/${revision}`] }),
      ])
      expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
      expect((await settingsOf(dana)).returnAddresses.revision).toBe(revision + 1)
    }
  })

  test.each([
    ['an address without https', ['http://app.example.com/'], /^Address 1 must begin with https/],
    ['javascript', [done, 'javascript:alert(1)'], /^Address 2 must begin with https/],
    ['a password', ['https://dana:hush@app.example.com/'], /user name or a password/],
    ['a wildcard', ['https://*.example.com/'], /every address in full/],
    ['a fragment', [`${done}#x`], /fragment/],
    ['a duplicate', [done, done], /Address 2 is a duplicate of address 1/],
    ['a long address', [done.padEnd(2_049, 'x')], /at most 2,048/],
    ['too many', Array.from({ length: 51 }, (_, index) => done + index), /at most 50 addresses/],
    ['very many', Array.from({ length: 100_000 }, () => ''), /at most 50 addresses/],
  ])('refuses %s at the field', async (_, addresses, says) => {
    await aTeam()
    const result = await saveReturnAddresses(dana, { revision: 1, addresses })
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', field: 'addresses', message: expect.stringMatching(says) },
    })
    expect(JSON.stringify(result)).not.toContain('hush')
    expect((await settingsOf(dana)).returnAddresses.revision).toBe(1)
  })

  test.each([[null], ['https://app.example.com/'], [{ length: 1 }], [[null]], [[{}]], [[['https://a.example/']]]])(
    'refuses %j in place of a list',
    async (addresses) => {
      await aTeam()
      expect(await saveReturnAddresses(dana, { revision: 1, addresses } as never)).toMatchObject({
        ok: false,
        error: { code: 'invalid_input' },
      })
    },
  )
})

describe('Saving the retention', () => {
  test('stores longer periods without a question, and is audited by field', async () => {
    await aTeam()
    expect(await saveRetention(dana, { revision: 1, requestDays: 90, bodyHours: 720 })).toMatchObject({ ok: true })
    expect((await settingsOf(dana)).retention).toMatchObject({ revision: 2, requestDays: 90, bodyHours: 720 })
    expect(await audit(dana)).toMatchObject([
      {
        ...{ action: 'save_retention', objectType: 'setting', objectName: 'Retention' },
        changes: {
          fields: [
            { field: 'requestDays', from: 7, to: 90 },
            { field: 'bodyHours', from: 72, to: 720 },
          ],
        },
      },
    ])
  })

  test.each([
    [{ requestDays: 3, bodyHours: 72 }, 'requests older than 3 days'],
    [{ requestDays: 7, bodyHours: 24 }, 'bodies older than 1 day'],
    [{ requestDays: 1, bodyHours: 5 }, 'requests older than 1 day and bodies older than 5 hours'],
  ])('asks before it stores %j, which deletes %s', async (periods, deleted) => {
    await aTeam()
    expect(await saveRetention(dana, { revision: 1, ...periods })).toEqual({
      ok: false,
      error: {
        code: 'confirmation_needed',
        message: `The next clean-up, within an hour, deletes ${deleted}. They cannot be restored.`,
      },
    })
    expect((await settingsOf(dana)).retention).toMatchObject({ revision: 1, requestDays: 7, bodyHours: 72 })
    expect(await audit(dana)).toEqual([])
    expect(await saveRetention(dana, { revision: 1, ...periods, confirmed: true })).toMatchObject({ ok: true })
    expect((await settingsOf(dana)).retention).toMatchObject({ revision: 2, ...periods })
  })

  test('a second editor is refused before any question', async () => {
    await aTeam()
    await saveRetention(dana, { revision: 1, requestDays: 30, bodyHours: 72 })
    expect(await saveRetention(robin, { revision: 1, requestDays: 1, bodyHours: 1 })).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', changedBy: { name: 'Dana' } },
    })
  })

  test('bodies are never stored longer than their requests', async () => {
    await aTeam()
    expect(await saveRetention(dana, { revision: 1, requestDays: 2, bodyHours: 49, confirmed: true })).toEqual({
      ok: false,
      error: {
        code: 'invalid_value',
        field: 'bodyHours',
        message: 'Bodies cannot be stored longer than their requests. Enter at most 48 hours (2 days).',
      },
    })
    expect(await saveRetention(dana, { revision: 1, requestDays: 2, bodyHours: 48, confirmed: true })).toMatchObject({
      ok: true,
    })
  })

  test.each([
    ['requestDays', 0],
    ['requestDays', 91],
    ['requestDays', 1.5],
    ['requestDays', ''],
    ['requestDays', '1e1'],
    ['requestDays', -1],
    ['bodyHours', 0],
    ['bodyHours', 721],
    ['bodyHours', 'many'],
    ['bodyHours', null],
    ['bodyHours', Number.NaN],
    ['bodyHours', 1e300],
  ])('refuses %s = %s at the field', async (field, value) => {
    await aTeam()
    const given = { revision: 1, requestDays: 90, bodyHours: 72, [field]: value } as never
    expect(await saveRetention(dana, given)).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', field, message: expect.stringMatching(/^Enter a whole number of (days|hours)/) },
    })
    expect((await settingsOf(dana)).retention.revision).toBe(1)
  })
})
