import { createWriteStream, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGzip } from 'node:zlib'
import { escapeIdentifier as quoted, type Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Keyring } from '@/lib/platform/crypto/keyring'
import { checkout } from '../environment'
import { readKeyUsage, valuesOf } from '../keys/key-usage'
import { sampleOf } from '../keys/sample'
import { requireKnownMigrations } from '../migrate'
import { PlainError } from '../plain-error'
import { stopping } from '../stopping'
import { encodeFrames, type Frame } from './frames'
import { formatVersion, type BackupHead } from './head'
import { copySettings, listTables, partitionDays, type Table } from './tables'

export type Backup = { head: BackupHead; rows: Map<string, number> }

/**
 * Writes all tables of Patchbay into one file, as of one moment; the app may run. The tables of the queue are left out,
 * because every start creates its jobs again. The file gets its name when it is complete.
 * @param replace whether an existing file may be replaced
 */
export async function writeBackup(
  session: Client,
  keyring: Keyring,
  path: string,
  { replace = false, say = () => {} }: { replace?: boolean; say?: (line: string) => void } = {},
): Promise<Backup> {
  if (existsSync(path) && !replace) throw new PlainError(`${path} exists already. To replace it, add --force.`)
  if (!existsSync(dirname(path))) throw new PlainError(`The folder ${dirname(path)} does not exist.`)
  const draft = `${path}.unfinished-${randomBytes(3).toString('hex')}`
  try {
    const backup = await inSnapshot(session, async (tables) => {
      const head = await readHead(session, keyring)
      const rows = new Map<string, number>()
      const file = createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true })
      const bytes = Readable.from(encodeFrames(framesOf(session, head, tables, rows, say)))
      await pipeline(bytes, createGzip(), file, { signal: stopping })
      return { head, rows }
    })
    renameSync(draft, path)
    return backup
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code && ['EACCES', 'ENOSPC', 'EROFS', 'EDQUOT', 'EISDIR', 'ENOTDIR'].includes(code))
      throw new PlainError(`${path} cannot be written: ${message}`)
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

const rollbackMs = 500

/**
 * Locks the tables before the snapshot is taken, so that no table or partition is dropped during the backup. Reading
 * and writing continue.
 */
async function inSnapshot<T>(session: Client, work: (tables: Table[]) => Promise<T>): Promise<T> {
  const tables = await listTables(session)
  if (!tables.some(({ name }) => name === 'User'))
    throw new PlainError('There is nothing to back up: this database has not been used by Patchbay yet.')
  await requireKnownMigrations(session)
  await session.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${copySettings}`)
  try {
    await session.query(`LOCK TABLE ${tables.map(({ name }) => quoted(name)).join(', ')} IN ACCESS SHARE MODE`)
    return await work(tables)
  } finally {
    // After a stop in the middle of a table, the rollback may never finish; the session is closed soon anyway.
    await Promise.race([session.query('ROLLBACK').catch(() => {}), sleep(rollbackMs)])
  }
}

async function readHead(session: Client, keyring: Keyring): Promise<BackupHead> {
  const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string }
  const usage = await readKeyUsage(session)
  const keys: BackupHead['keys'] = []
  for (const [name, byTable] of usage)
    keys.push({
      name,
      values: valuesOf(usage, name),
      sample: await sampleOf(session, keyring, name, [...byTable.keys()]),
    })
  return {
    format: 'patchbay-backup',
    formatVersion,
    patchbay: version,
    createdAt: new Date().toISOString(),
    migrations: await requireKnownMigrations(session),
    keys,
    days: {
      RequestLog: await partitionDays(session, 'RequestLog'),
      RequestLogBody: await partitionDays(session, 'RequestLogBody'),
    },
  }
}

async function* framesOf(
  session: Client,
  head: BackupHead,
  tables: Table[],
  counts: Map<string, number>,
  say: (line: string) => void,
): AsyncGenerator<Frame> {
  yield json('head', head)
  for (const { name, columns } of tables) {
    yield json('table', { name, columns })
    // A query, because a partitioned table itself cannot be copied.
    const reading = session.query(
      copyTo(`COPY (SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(name)}) TO STDOUT`),
    )
    for await (const content of reading as AsyncIterable<Buffer>) yield { kind: 'rows', content }
    counts.set(name, reading.rowCount)
    yield json('counted', { rows: reading.rowCount })
    if (reading.rowCount > 0) say(`${name}: ${reading.rowCount.toLocaleString('en')}`)
  }
}

function json(kind: Frame['kind'], value: object): Frame {
  return { kind, content: Buffer.from(JSON.stringify(value)) }
}
