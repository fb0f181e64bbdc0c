import { pipeline } from 'node:stream/promises'
import { escapeIdentifier as quoted, type Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { z } from 'zod'
import type { Keyring } from '@/lib/platform/crypto/keyring'
import { counted } from '@/lib/domain/counted'
import { opens } from '../keys/sample'
import { requireKnownMigrations, unknownMigrations } from '../migrate'
import { PlainError } from '../plain-error'
import { checkSentinel } from '../sentinel'
import { stopping } from '../stopping'
import { readFrames, type Frame } from './frames'
import { makeFreshSchema, makePartitions } from './fresh-schema'
import { countedSchema, formatVersion, headSchema, tableSchema, type BackupHead } from './head'
import { copySettings, listTables, type Table } from './tables'

export type Restored = { head: BackupHead; rows: Map<string, number> }

/** Reads the head of a backup. A backup that cannot be restored here is refused before anything is written. */
export async function readHead(path: string, keyring: Keyring): Promise<BackupHead> {
  const frames = readFrames(path)
  try {
    const head = parse(headSchema, (await frames.next()).value as Frame, path)
    if (head.formatVersion !== formatVersion || unknownMigrations(head.migrations).length > 0)
      throw new PlainError(
        `${path} was made by a newer Patchbay (${head.patchbay}). Update this one, then restore again.`,
      )
    const missing = head.keys.filter(({ sample }) => sample && !opens(sample, keyring))
    if (missing.length > 0) throw new PlainError(wrongKeys(path, missing, keyring))
    return head
  } finally {
    await frames.return(undefined)
  }
}

function wrongKeys(path: string, missing: BackupHead['keys'], keyring: Keyring): string {
  const lines = missing.map(({ name, values }) => {
    const fault = keyring.byKid.has(name) ? 'the key of that name here is another one' : 'it is missing here'
    return `  “${name}” (${counted(values, 'value')}): ${fault}`
  })
  return (
    `The encryption keys do not fit ${path}. It needs:\n${lines.join('\n')}\n` +
    'Nothing was changed. Put the original keys into PATCHBAY_ENCRYPTION_KEYS (with the built-in database: into the file encryption-keys in its data folder).'
  )
}

/**
 * Loads a backup into an installation without people, in one transaction, so that after an error the database is as
 * before. The schema is created as it was when the backup was made; the caller migrates it afterwards.
 */
export async function restoreBackup(
  session: Client,
  keyring: Keyring,
  path: string,
  say: (line: string) => void = () => {},
): Promise<Restored> {
  const head = await readHead(path, keyring)
  await session.query(`BEGIN; ${copySettings}`)
  try {
    // If two restores run at the same time, the second one finds people and is refused.
    await session.query(`SELECT pg_advisory_xact_lock(hashtextextended('patchbay restore', 0))`)
    await requireEmpty(session)
    await makeFreshSchema(session, head.migrations)
    for (const [table, days] of Object.entries(head.days)) await makePartitions(session, table, days)
    const rows = await load(session, path, say)
    await checkSentinel(session, keyring)
    await session.query('COMMIT')
    return { head, rows }
  } catch (error) {
    await session.query('ROLLBACK').catch(() => {})
    throw error
  }
}

async function requireEmpty(session: Client): Promise<void> {
  const tables = (await listTables(session)).map(({ name }) => name)
  if (tables.includes('_prisma_migrations')) await requireKnownMigrations(session)
  for (const name of ['User', 'Workspace']) {
    if (!tables.includes(name)) continue
    const { rows } = await session.query(`SELECT FROM ${quoted(name)} LIMIT 1`)
    if (rows.length > 0)
      throw new PlainError(
        'This installation is in use: it has people or workspaces, and a restore would replace them.\n' +
          'Restore into an empty database, or with the built-in one into another PATCHBAY_DATA_DIR. Nothing was changed.',
      )
  }
}

/** Triggers are disabled, because they would raise stamps and refuse rows. Foreign keys are checked as usual. */
async function load(session: Client, path: string, say: (line: string) => void): Promise<Map<string, number>> {
  const tables = await listTables(session)
  const loaded = new Map<string, number>()
  const alter = (what: string) =>
    session.query(tables.map(({ name }) => `ALTER TABLE ${quoted(name)} ${what} TRIGGER USER`).join('; '))
  await alter('DISABLE')
  const frames = readFrames(path)
  // The head, which was read before.
  await frames.next()
  for (let next = await frames.next(); !next.done; next = await frames.next()) {
    const table = parse(tableSchema, next.value, path)
    requireTable(table, tables, loaded, path)
    const counted = await copyInto(session, table, frames, path)
    loaded.set(table.name, counted)
    if (counted > 0) say(`${table.name}: ${counted.toLocaleString('en')}`)
  }
  const missing = tables.filter(({ name }) => !loaded.has(name))
  if (missing.length > 0)
    throw new PlainError(`${path} has no rows of ${missing[0]!.name}: it is not a complete backup.`)
  await alter('ENABLE')
  return loaded
}

function requireTable(wanted: Table, tables: Table[], loaded: Map<string, number>, path: string): void {
  const table = tables.find(({ name }) => name === wanted.name)
  if (!table || loaded.has(wanted.name) || wanted.columns.some((column) => !table.columns.includes(column)))
    throw new PlainError(`${path} does not fit its own migrations: the table ${wanted.name}.`)
}

/** @returns the number of rows, which equals the number in the backup */
async function copyInto(
  session: Client,
  { name, columns }: Table,
  frames: AsyncGenerator<Frame>,
  path: string,
): Promise<number> {
  let expected: number | null = null
  async function* rows(): AsyncGenerator<Buffer> {
    while (expected === null) {
      stopping.throwIfAborted()
      const { value, done } = (await frames.next()) as IteratorResult<Frame, undefined>
      if (!done && value.kind === 'rows') yield value.content
      else expected = parse(countedSchema, value, path).rows
    }
  }
  const writing = session.query(copyFrom(`COPY ${quoted(name)} (${columns.map(quoted).join(', ')}) FROM STDIN`))
  await pipeline(rows, writing)
  if (writing.rowCount !== expected)
    throw new PlainError(`${path} is damaged: ${name} has ${writing.rowCount} rows instead of ${expected}.`)
  return writing.rowCount
}

function parse<Schema extends z.ZodType>(schema: Schema, frame: Frame | undefined, path: string): z.output<Schema> {
  const text = frame?.kind === 'rows' || frame === undefined ? '' : frame.content.toString()
  const result = schema.safeParse(textToJson(text))
  if (result.success) return result.data
  throw new PlainError(`${path} is damaged: a part of it cannot be read.`)
}

function textToJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Refuses while other processes of Patchbay use this database, because they would continue with outdated data. */
export async function requireNobodyElse(session: Client): Promise<void> {
  const { rows } = await session.query<{ name: string }>(
    `SELECT DISTINCT application_name AS name FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'patchbay %' ORDER BY 1`,
  )
  if (rows.length > 0)
    throw new PlainError(
      `Patchbay is running on this database (${rows.map(({ name }) => name).join(', ')}). Stop it, then restore again. Nothing was changed.`,
    )
}
