import { beforeAll, describe, expect, test } from 'vitest'
import { listChanges } from '@/lib/activity/list-changes'
import type { PersonActor } from '@/lib/domain/access/actor'
import { newId } from '@/lib/platform/db/new-id'
import { createFlow } from '@/lib/flows/create-flow'
import { aKeyActor } from '@/tests/support/api-key-builders'
import { anActor } from '@/tests/support/builders'
import { valueOf } from '@/tests/support/definition-builders'
import { testDatabase } from '@/tests/support/database'

let actor: PersonActor

beforeAll(async () => {
  const { sql } = await testDatabase()
  actor = await anActor()
  for (const hour of ['08', '09', '10'])
    await sql(
      `INSERT INTO "AuditLog" ("id", "at", "workspaceId", "userId", "actorName", "action", "objectType", "objectName")
       VALUES ($1, $2::timestamptz, $3, $4, 'Dana', 'save_endpoint', 'endpoint', $5)`,
      [newId(), `2026-11-29T${hour}:00:00Z`, actor.workspaceId, actor.userId, `at ${hour}`],
    )
})

async function found(range: { from?: string; to?: string }) {
  const changes = await listChanges(actor, { q: '', sort: '-at', after: '', ...range })
  return changes.ok ? changes.value.items.map(({ objectName }) => objectName) : changes.error
}

describe('The audit trail', () => {
  test('is filtered by time, its end excluded', async () => {
    const [eight, nine, ten] = ['2026-11-29T08:00:00Z', '2026-11-29T09:00:00Z', '2026-11-29T10:00:00Z']
    expect(await found({})).toEqual(['at 10', 'at 09', 'at 08'])
    expect(await found({ from: nine })).toEqual(['at 10', 'at 09'])
    expect(await found({ to: nine })).toEqual(['at 08'])
    expect(await found({ from: eight, to: ten })).toEqual(['at 09', 'at 08'])
    expect(await found({ from: ten, to: eight })).toEqual([])
  })

  test('of a person contains what their keys did; of a key only that', async () => {
    const dana = await anActor('administrator', undefined, 'Dana')
    const key = await aKeyActor(dana, { name: 'Nightly export', role: 'manager' })
    const other = await aKeyActor(dana, { name: 'Other', role: 'manager' })
    for (const one of [dana, key, other]) await createFlow(one, { name: `Flow of ${one.label}`, description: '' })
    const who = async (filter: { userId?: string; keyId?: string }) => {
      const { items } = valueOf(await listChanges(dana, { sort: '-at', ...filter }))
      return items.map(({ person, keyId, objectName }) => ({ person, keyId, objectName }))
    }
    const lineOf = (label: string, keyId: string | null) => ({ person: label, keyId, objectName: `Flow of ${label}` })
    const [own, ofKey, ofOther] = [
      lineOf('Dana', null),
      lineOf('Nightly export', key.keyId),
      lineOf('Other', other.keyId),
    ]
    expect(await who({ userId: dana.userId })).toEqual([ofOther, ofKey, own])
    expect(await who({ keyId: key.keyId })).toEqual([ofKey])
    expect(await who({ keyId: newId() })).toEqual([])
  })

  test('refuses a year that the database does not know', async () => {
    expect(await found({ from: '0000-01-01T00:00:00Z' })).toMatchObject({ code: 'invalid_input', field: 'from' })
  })
})
