import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseKeyring } from '@/lib/platform/crypto/keyring'
import { seal, sealedIn, unseal } from '@/lib/platform/crypto/seal'
import { sealedTables } from '@/lib/platform/crypto/sealed-columns'
import { newId } from '@/lib/platform/db/new-id'
import { jobsConnection } from '@/lib/platform/jobs/jobs-connection'
import { keysOfRunningProcesses, readKeyUsage, valuesOf } from '@/lib/platform/server/keys/key-usage'
import { resealEverything } from '@/lib/platform/server/keys/reseal'
import { resealTable } from '@/lib/platform/server/keys/reseal-table'
import { checkSentinel } from '@/lib/platform/server/sentinel'
import { aWholeWorkspace, type WholeWorkspace } from '@/tests/integration/security/whole-workspace'
import { testDatabase } from '@/tests/support/database'
import { testEncryptionKeys } from '@/tests/support/test-secrets'

const database = await testDatabase()
const { url, sql } = database
const [session, other] = [new Client({ connectionString: url }), new Client({ connectionString: url })]
const key = (kid: string) => `${kid}:${randomBytes(32).toString('base64')}`
const first = parseKeyring(testEncryptionKeys)
/** Each key in front of the one before. */
const [second, third, fourth, fifth] = [key('second'), key('third'), key('fourth'), key('fifth')]
const rotation = (to: string, from: string) => parseKeyring(`${to},${from}`)
const keptValues = sealedTables.find(({ table }) => table === 'KeptValue')!

let world: WholeWorkspace

beforeAll(async () => {
  await Promise.all([session.connect(), other.connect()])
  await checkSentinel(session, first)
  for (let index = 0; index < 2; index += 1) {
    world = await aWholeWorkspace('https://api.acme.test')
    expect((await world.begin(world.administrator)).ok).toBe(true)
  }
})
afterAll(() => Promise.all([session.end(), other.end()]))

type Found = { table: string; field: string; id: string; workspaceId: string; sealed: string }

async function everySealedValue(): Promise<Found[]> {
  const selects = sealedTables.flatMap(({ table, columns }) =>
    columns.map(
      (
        field,
      ) => `SELECT '${table}' AS "table", '${field}' AS field, "id"::text, "workspaceId"::text, "${field}" AS sealed
                  FROM "${table}" WHERE "${field}" <> ''`,
    ),
  )
  return sql<Found>(selects.join(' UNION ALL '))
}

const opened = (values: Found[], keys: string) =>
  values
    .map(({ sealed, table, id, workspaceId, field }) => {
      const plain = unseal(sealedIn({ sealed }, 'sealed'), { workspaceId, table, rowId: id, field }, parseKeyring(keys))
      return `${table}.${field} ${id} ${plain}`
    })
    .sort()

/** So many values of one instance, sealed with the first key of the ring. */
async function addStoredValues(amount: number, ring: string): Promise<void> {
  const { workspaceId, instanceId } = world
  const rows = Array.from({ length: amount }, () => {
    const id = newId()
    return {
      id,
      sealed: seal(id, { workspaceId, table: 'KeptValue', rowId: id, field: 'sealedValue' }, parseKeyring(ring)),
    }
  })
  await sql(
    `INSERT INTO "KeptValue" ("id", "workspaceId", "instanceId", "key", "sealedValue")
     SELECT v.id, $3, $4, v.id::text, v.sealed FROM unnest($1::uuid[], $2::text[]) AS v(id, sealed)`,
    [rows.map(({ id }) => id), rows.map(({ sealed }) => sealed), workspaceId, instanceId],
  )
}

test('the list of sealed columns is the database’s own', async () => {
  const columns = await sql<{ name: string }>(
    `SELECT c.table_name || '.' || c.column_name AS name FROM information_schema.columns c
     WHERE c.table_schema = 'public' AND c.column_name LIKE 'sealed%' AND c.table_name <> 'Installation'
       AND NOT EXISTS (SELECT 1 FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid WHERE p.relname = c.table_name)`,
  )
  const listed = sealedTables.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`))
  expect(listed.sort()).toEqual(columns.map(({ name }) => name).sort())
})

describe('re-sealing', () => {
  test('seals every value of every column with the first key, and the sentinel last', async () => {
    const before = await everySealedValue()
    expect(new Set(before.map(({ table, field }) => `${table}.${field}`)).size).toBe(
      sealedTables.flatMap(({ columns }) => columns).length,
    )
    const lines: string[] = []
    const { usage, resealed, unreadable } = await resealEverything(
      session,
      rotation(second, testEncryptionKeys),
      (line) => lines.push(line),
    )
    expect([...usage.keys()]).toEqual(['second'])
    expect(valuesOf(usage, 'second')).toBe(before.length + 1)
    expect({ unreadable, some: resealed > 0 }).toEqual({ unreadable: 0, some: true })
    expect(lines).toContainEqual(expect.stringMatching(/^InstanceValue: \d+ rows? re-sealed$/))
    expect(opened(await everySealedValue(), second)).toEqual(opened(before, testEncryptionKeys))
    await expect(checkSentinel(session, parseKeyring(second))).resolves.toBeUndefined()
    await expect(checkSentinel(session, first)).rejects.toThrow(/sealed with the key “second”/)
  })

  test('changes nothing when everything is sealed with the first key already', async () => {
    const before = await sql(`SELECT "id", "generation" FROM "Instance" ORDER BY 1`)
    const { resealed } = await resealEverything(session, rotation(second, testEncryptionKeys))
    expect(resealed).toBe(0)
    expect(await sql(`SELECT "id", "generation" FROM "Instance" ORDER BY 1`)).toEqual(before)
  })

  test('raises no revision, so that no edit is refused', async () => {
    const revisions = () =>
      sql(`SELECT "id", "revision" FROM "Instance" UNION ALL SELECT "id", "revision" FROM "Connector" ORDER BY 1`)
    const before = await revisions()
    await addStoredValues(1, testEncryptionKeys)
    expect((await resealEverything(session, rotation(second, testEncryptionKeys))).resealed).toBe(1)
    expect(await revisions()).toEqual(before)
  })

  test('skips a value that somebody changes in the meantime, and seals it in the next round', async () => {
    const [{ id, workspaceId }] = (await sql<Found>(
      `SELECT "id"::text, "workspaceId"::text FROM "InstanceValue" WHERE "sealedValue" <> '' LIMIT 1`,
    )) as [Found]
    const address = { workspaceId, table: 'InstanceValue', rowId: id, field: 'sealedValue' }
    await other.query('BEGIN')
    await other.query(`UPDATE "InstanceValue" SET "sealedValue" = $2 WHERE "id" = $1`, [
      id,
      seal('typed meanwhile', address, parseKeyring(second)),
    ])
    const table = sealedTables.find(({ table }) => table === 'InstanceValue')!
    const resealing = resealTable(session, table, rotation(third, second))
    await expect.poll(() => waitingForLock()).toBe(1)
    await other.query('COMMIT')
    expect(await resealing).toMatchObject({ changedMeanwhile: 1 })
    const stored = async () => (await everySealedValue()).find((value) => value.id === id)!
    expect(opened([await stored()], second)).toEqual([expect.stringContaining('typed meanwhile')])

    const { usage } = await resealEverything(session, rotation(third, second))
    expect([...usage.keys()]).toEqual(['third'])
    expect(opened([await stored()], third)).toEqual([expect.stringContaining('typed meanwhile')])
  })

  test('continues where it was interrupted', async () => {
    await addStoredValues(250, third)
    const total = (await sql(`SELECT FROM "KeptValue" WHERE "sealedValue" <> ''`)).length
    const ring = rotation(fourth, third)
    let rows = 0
    const cutShort = resealTable(session, keptValues, ring, (more) => {
      rows += more
      throw new Error('cut short')
    })
    await expect(cutShort).rejects.toThrow('cut short')
    expect(rows).toBe(keptValues.batch)
    expect(await resealTable(session, keptValues, ring)).toMatchObject({ resealed: total - rows, changedMeanwhile: 0 })
    expect([...(await resealEverything(session, ring)).usage.keys()]).toEqual(['fourth'])
  })

  test('two at once share the work, and each row is written once', async () => {
    const before = opened(await everySealedValue(), fourth)
    const rows = (
      await sql(
        sealedTables
          .map(
            ({ table, columns }) =>
              `SELECT FROM "${table}" WHERE ${columns.map((name) => `"${name}" <> ''`).join(' OR ')}`,
          )
          .join(' UNION ALL '),
      )
    ).length
    const ring = rotation(fifth, fourth)
    const [one, two] = await Promise.all([resealEverything(session, ring), resealEverything(other, ring)])
    expect(one.resealed + two.resealed).toBe(rows)
    expect([...(await readKeyUsage(session)).keys()]).toEqual(['fifth'])
    expect(opened(await everySealedValue(), fifth)).toEqual(before)
  })

  test('a value whose key is missing does not change, and the sentinel is still sealed', async () => {
    await addStoredValues(1, key('gone'))
    await addStoredValues(3, fifth)
    const { unreadable, usage } = await resealEverything(session, rotation(second, fifth), () => {}, 0)
    expect(unreadable).toBe(1)
    expect([...usage.keys()].sort()).toEqual(['gone', 'second'])
    expect(usage.get('gone')).toEqual(new Map([['KeptValue', 1]]))
    await sql(`DELETE FROM "KeptValue" WHERE "sealedValue" LIKE 'v1.gone.%'`)
  })

  test('a token that is being refreshed waits, and with it the sentinel: no start without its key succeeds', async () => {
    await sql(`UPDATE "InstanceToken" SET "leaseOwner" = 'other', "leaseUntil" = now() + interval '1 hour'`)
    const { usage } = await resealEverything(session, rotation(third, second), () => {}, 0)
    expect([...(usage.get('second')?.keys() ?? [])].sort()).toEqual(['Installation', 'InstanceToken'])
    await sql(`UPDATE "InstanceToken" SET "leaseOwner" = NULL, "leaseUntil" = NULL`)
    expect([...(await resealEverything(session, rotation(third, second))).usage.keys()]).toEqual(['third'])
  })
})

test('a running process shows which key it seals with', async () => {
  expect(await keysOfRunningProcesses(session)).toEqual([])
  const process = new Client({ connectionString: url, application_name: `${jobsConnection}old-1` })
  await process.connect()
  expect(await keysOfRunningProcesses(session)).toEqual(['old-1'])
  await process.end()
})

async function waitingForLock(): Promise<number> {
  return (await sql(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))
    .length
}
