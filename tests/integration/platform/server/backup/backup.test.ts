import { randomBytes } from 'node:crypto'
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, gunzipSync, gzipSync } from 'node:zlib'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { parseKeyring } from '@/lib/platform/crypto/keyring'
import { Prisma } from '@/lib/platform/db/generated/client'
import { migrationNames } from '@/lib/platform/db/migration-files'
import { newId } from '@/lib/platform/db/new-id'
import { encodeFrames, readFrames, type Frame } from '@/lib/platform/server/backup/frames'
import { makeFreshSchema } from '@/lib/platform/server/backup/fresh-schema'
import type { BackupHead } from '@/lib/platform/server/backup/head'
import { requireNobodyElse, restoreBackup } from '@/lib/platform/server/backup/restore-backup'
import { listTables } from '@/lib/platform/server/backup/tables'
import { writeBackup } from '@/lib/platform/server/backup/write-backup'
import { migrate } from '@/lib/platform/server/migrate'
import { checkSentinel } from '@/lib/platform/server/sentinel'
import { cleanUp } from '@/lib/worker/clean-up'
import { aWholeWorkspace } from '@/tests/integration/security/whole-workspace'
import { testDatabase } from '@/tests/support/database'
import { createDatabase } from '@/tests/support/database-server'
import { testEncryptionKeys } from '@/tests/support/test-secrets'

const { url, sql } = await testDatabase()
const keyring = parseKeyring(testEncryptionKeys)
const folder = mkdtempSync(join(tmpdir(), 'patchbay-backup-'))
const file = join(folder, 'backup.gz')
const source = new Client({ connectionString: url })
const opened: Client[] = [source]

beforeAll(async () => {
  await source.connect()
  await checkSentinel(source, keyring)
  for (let index = 0; index < 2; index += 1) {
    const world = await aWholeWorkspace('https://api.acme.test')
    await world.begin(world.administrator)
  }
  await sql(`INSERT INTO "SignInThrottle" ("key", "failures") VALUES ('a', 3)`)
  // A shape that is stored before the one that it follows.
  await sql(
    `INSERT INTO "Shape" ("id", "workspaceId", "flowVersionId", "name", "parentId")
     SELECT gen_random_uuid(), "workspaceId", "flowVersionId", 'Second', "id" FROM "Shape"`,
  )
  await sql(`UPDATE "Shape" SET "name" = 'First' WHERE "parentId" IS NULL`)
  await cleanUp(new Date())
  await writeBackup(source, keyring, file)
})
afterAll(async () => {
  await Promise.all(opened.map((client) => client.end().catch(() => {})))
  rmSync(folder, { recursive: true, force: true })
})

/** A session on a further database: an empty one, or one that Patchbay has migrated. */
async function aDatabase(kind: 'empty' | 'migrated'): Promise<Client & { url: string }> {
  const [serverUrl, runName] = [inject('serverUrl'), inject('runName')]
  const template = kind === 'empty' ? 'template0' : runName
  const connectionString = await createDatabase(serverUrl, `${runName}_${newId().slice(-12)}`, template)
  const client = new Client({ connectionString })
  await client.connect()
  opened.push(client)
  return Object.assign(client, { url: connectionString })
}

/** Every row of every table, as text. */
async function contentOf(session: Client): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {}
  for (const { name } of await listTables(session)) {
    const { rows } = await session.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t ORDER BY 1`)
    content[name] = rows.map(({ row }) => row)
  }
  return content
}

/** Tables, partitions, columns, constraints, indexes and triggers, and whether triggers are on. */
async function schemaOf(session: Client): Promise<string[]> {
  const { rows } = await session.query<{ line: string }>(
    `SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(column_default, '') AS line
       FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
     UNION ALL SELECT 'index ' || regexp_replace(indexdef, 'INDEX "[^"]+"', 'INDEX') FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
     UNION ALL SELECT 'enum ' || enumtypid::regtype || ' ' || enumlabel FROM pg_enum ORDER BY 1`,
  )
  return rows.map(({ line }) => line)
}

/** A backup with other frames, and the right hash for them. */
async function rewritten(change: (frame: Frame) => Frame | null): Promise<string> {
  const path = join(folder, `${newId()}.gz`)
  async function* changed() {
    for await (const frame of readFrames(file)) {
      const result = change(frame)
      if (result) yield result
    }
  }
  await pipeline(Readable.from(encodeFrames(changed())), createGzip(), createWriteStream(path))
  return path
}

const withHead = (change: (head: BackupHead) => object) =>
  rewritten((frame) =>
    frame.kind === 'head'
      ? { ...frame, content: Buffer.from(JSON.stringify(change(JSON.parse(frame.content.toString()) as BackupHead))) }
      : frame,
  )

function written(bytes: Buffer): string {
  const path = join(folder, `${newId()}.gz`)
  writeFileSync(path, bytes)
  return path
}

test('the workspace of this test has a row in every table, except that of the running workers', async () => {
  const content = await contentOf(source)
  const models = Object.values(Prisma.ModelName).filter((name) => name !== 'Worker')
  expect(Object.keys(content).sort()).toEqual([...models, '_prisma_migrations'].sort())
  expect(Object.keys(content).filter((name) => content[name]!.length === 0)).toEqual([])
})

describe('a backup', () => {
  test('is one file that only its owner can read, without the encryption key, and no other file remains', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([])
    const text = gunzipSync(readFileSync(file)).toString('latin1')
    expect(text).toContain('"keys":[{"name":"test"')
    expect(text).not.toContain(testEncryptionKeys.split(':')[1])
    expect(text).not.toContain('planted-password')
  })

  test('does not replace a file unless it is asked to', async () => {
    const before = readFileSync(file)
    await expect(writeBackup(source, keyring, file)).rejects.toThrow(/exists already.*--force/)
    expect(readFileSync(file)).toEqual(before)
    const { rows } = await writeBackup(source, keyring, file, { replace: true })
    expect(rows.get('Workspace')).toBe(2)
  })

  test('says why it cannot be written, and leaves nothing behind', async () => {
    await expect(writeBackup(source, keyring, join(folder, 'missing/backup.gz'))).rejects.toThrow(
      /folder .* does not exist/,
    )
    const empty = await aDatabase('empty')
    await expect(writeBackup(empty, keyring, join(folder, 'none.gz'))).rejects.toThrow(/nothing to back up/)
    const stopped = writeBackup(source, keyring, join(folder, 'stopped.gz'), {
      say: () => {
        throw new Error('stopped')
      },
    })
    await expect(stopped).rejects.toThrow('stopped')
    expect(readdirSync(folder).filter((name) => /none|stopped|unfinished/.test(name))).toEqual([])
  })

  test('is a snapshot: it does not contain what is written in the meantime', async () => {
    const path = join(folder, 'moment.gz')
    const writing: Promise<unknown>[] = []
    const { rows } = await writeBackup(source, keyring, path, {
      say: () => writing.push(sql(`INSERT INTO "SignInThrottle" ("key") VALUES ($1)`, [newId()])),
    })
    await Promise.all(writing)
    expect(writing.length).toBeGreaterThan(5)
    expect(rows.get('SignInThrottle')).toBe(1)
    await sql(`DELETE FROM "SignInThrottle" WHERE "key" <> 'a'`)
  })
})

describe('a restore', () => {
  test.each(['empty', 'migrated'] as const)('into an %s database restores every row of every table', async (kind) => {
    const target = await aDatabase(kind)
    const { rows } = await restoreBackup(target, keyring, file)
    expect(await contentOf(target)).toEqual(await contentOf(source))
    expect(await schemaOf(target)).toEqual(await schemaOf(source))
    expect(rows.size).toBe((await listTables(source)).length)
    expect(await migrate(target, target.url)).toEqual([])
    await expect(target.query(`UPDATE "AuditLog" SET "action" = 'x'`)).rejects.toThrow(/append-only/)
  })

  test('of an older backup is migrated from where the backup was', async () => {
    const older = await aDatabase('empty')
    const known = migrationNames().slice(0, -1)
    await makeFreshSchema(older, known)
    const history = await sql<{ id: string; checksum: string; name: string }>(
      `SELECT "id", "checksum", "migration_name" AS name FROM "_prisma_migrations"`,
    )
    for (const { id, checksum, name } of history.filter((row) => known.includes(row.name)))
      await older.query(
        `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count") VALUES ($1, $2, $3, now(), 1)`,
        [id, checksum, name],
      )
    await older.query(`INSERT INTO "Workspace" ("id", "name") VALUES ($1, 'Old')`, [newId()])
    const path = join(folder, 'older.gz')
    await writeBackup(older, keyring, path)

    const target = await aDatabase('migrated')
    await restoreBackup(target, keyring, path)
    expect(await migrate(target, target.url)).toEqual(migrationNames().slice(-1))
    expect((await target.query(`SELECT "name" FROM "Workspace"`)).rows).toEqual([{ name: 'Old' }])
    const migrated = await aDatabase('migrated')
    expect(await schemaOf(target)).toEqual(await schemaOf(migrated))
  })

  test('does not change other objects in the database', async () => {
    const target = await aDatabase('migrated')
    await target.query(`CREATE TABLE "ours" AS SELECT 1 AS "value"`)
    await expect(restoreBackup(target, keyring, file)).rejects.toThrow(/has no rows of ours/)
    expect((await target.query(`SELECT * FROM "ours"`)).rows).toEqual([{ value: 1 }])
  })

  test('is refused where there are people', async () => {
    const target = await aDatabase('empty')
    await restoreBackup(target, keyring, file)
    const before = await contentOf(target)
    await expect(restoreBackup(target, keyring, file)).rejects.toThrow(/in use: it has people/)
    expect(await contentOf(target)).toEqual(before)
  })

  test('is refused while Patchbay runs there', async () => {
    const target = await aDatabase('migrated')
    await expect(requireNobodyElse(target)).resolves.toBeUndefined()
    const running = new Client({ connectionString: target.url, application_name: 'patchbay launcher' })
    opened.push(running)
    await running.connect()
    await expect(requireNobodyElse(target)).rejects.toThrow(/is running on this database \(patchbay launcher\)/)
  })

  describe('that cannot succeed is refused with a message, and the database does not change', () => {
    const key = (name: string) => `${name}:${randomBytes(32).toString('base64')}`
    const whole = () => readFileSync(file)
    const altered = () => {
      const bytes = gunzipSync(whole())
      bytes[bytes.indexOf('https://api.acme.test') + 10]! ^= 1
      return gzipSync(bytes)
    }
    const flipped = () => {
      const bytes = whole()
      bytes[Math.floor(bytes.length / 2)]! ^= 0xff
      return bytes
    }

    let target: Client
    beforeAll(async () => {
      target = await aDatabase('migrated')
      await target.query(`INSERT INTO "SignInThrottle" ("key") VALUES ('mine')`)
    })

    test.each([
      ['the key is missing', () => file, key('other'), /do not fit.*\n {2}“test” \(\d+ values\): it is missing here/],
      [
        'another key has the name',
        () => file,
        key('test'),
        /“test” \(\d+ values\): the key of that name here is another/,
      ],
      ['the file is missing', () => join(folder, 'nowhere.gz'), testEncryptionKeys, /cannot be read/],
      [
        'the file is something else',
        () => written(Buffer.from('hello')),
        testEncryptionKeys,
        /not a backup of Patchbay/,
      ],
      ['the file is another archive', () => written(gzipSync('hello')), testEncryptionKeys, /not a backup of Patchbay/],
      ['the file is empty', () => written(Buffer.alloc(0)), testEncryptionKeys, /not a backup of Patchbay|cut short/],
      [
        'half of it is missing',
        () => written(whole().subarray(0, whole().length / 2)),
        testEncryptionKeys,
        /is cut short/,
      ],
      ['its last bytes are missing', () => written(whole().subarray(0, -9)), testEncryptionKeys, /is cut short/],
      ['a byte of the archive was changed', () => written(flipped()), testEncryptionKeys, /is damaged/],
      ['a byte of its content was changed', () => written(altered()), testEncryptionKeys, /is damaged/],
      [
        'its end was replaced',
        () => written(gzipSync(gunzipSync(whole()).subarray(0, -100))),
        testEncryptionKeys,
        /is cut short/,
      ],
      [
        'it has the migrations of a newer Patchbay',
        () => withHead((head) => ({ ...head, migrations: [...head.migrations, '29990101000000_later'] })),
        testEncryptionKeys,
        /made by a newer Patchbay/,
      ],
      [
        'it has a newer format',
        () => withHead((head) => ({ ...head, formatVersion: 2 })),
        testEncryptionKeys,
        /made by a newer Patchbay/,
      ],
      [
        'it names a table that is not one of Patchbay’s',
        () =>
          rewritten((frame) =>
            frame.kind === 'table' && frame.content.includes('"Flow"')
              ? { ...frame, content: Buffer.from('{"name":"x\\"; DROP TABLE y","columns":["id"]}') }
              : frame,
          ),
        testEncryptionKeys,
        /does not fit its own migrations/,
      ],
    ] as const)('%s', async (_case, make, keys, says) => {
      const before = [await contentOf(target), await schemaOf(target)]
      await expect(restoreBackup(target, parseKeyring(keys), await make())).rejects.toThrow(says)
      expect([await contentOf(target), await schemaOf(target)]).toEqual(before)
    })

    test('it is interrupted', async () => {
      const [empty, watching] = [await aDatabase('empty'), await aDatabase('empty')]
      const { rows } = await empty.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      empty.on('error', () => {})
      const ending: Promise<unknown>[] = []
      const restoring = restoreBackup(empty, keyring, file, () => {
        if (ending.length === 0) ending.push(watching.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]))
      })
      await expect(restoring).rejects.toThrow()
      await Promise.all(ending)
      const again = new Client({ connectionString: empty.url })
      opened.push(again)
      await again.connect()
      expect(await listTables(again)).toEqual([])
    })
  })
})
