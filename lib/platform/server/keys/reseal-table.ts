import { setTimeout as sleep } from 'node:timers/promises'
import { escapeIdentifier as quoted, type Client } from 'pg'
import type { Keyring } from '@/lib/platform/crypto/keyring'
import { seal, sealedIn, unseal, UnsealError } from '@/lib/platform/crypto/seal'
import { keyNameIn, type KeyColumn, type SealedTable } from '@/lib/platform/crypto/sealed-columns'
import { stopping } from '../stopping'

export type Resealed = {
  /** Rows. */
  resealed: number
  /** Rows that were not overwritten, because they were changed between reading and writing. */
  changedMeanwhile: number
  /** Values that are sealed with a key that is missing, or damaged. */
  unreadable: number
}

type Row = Record<string, string | null> & { id: string; workspaceId: string; owner: string | null }
type Progress = (rows: number) => void

/**
 * Seals every value of a table with the first key: in batches in the order of the primary key, each in its own
 * transaction, which locks its rows for some milliseconds. A value that was changed in the meantime stays as it is. It
 * can be interrupted at any point, and two can run at once, because values that are sealed with the first key are
 * skipped.
 *
 * The stamps of the instances and connectors are raised (DATA §13), so that every process reads its plans again: a plan
 * identifies its token by the sealed text. The result of a call that was running under the old stamp does not count.
 */
export async function resealTable(
  session: Client,
  table: SealedTable,
  keyring: Keyring,
  onProgress: Progress = () => {},
): Promise<Resealed> {
  const total: Resealed = { resealed: 0, changedMeanwhile: 0, unreadable: 0 }
  for (let after: Row | null = null; ;) {
    stopping.throwIfAborted()
    const rows: Row[] = await readBatch(session, table, keyring.sealing.kid, after)
    if (rows.length === 0) return total
    const changes = rows.map((row) => resealRow(row, table, keyring))
    const openable = changes.filter(({ isNew }) => isNew)
    const written = await patiently(session, () => write(session, table, openable))
    total.resealed += written
    total.changedMeanwhile += openable.length - written
    total.unreadable += changes.reduce((sum, { unreadable }) => sum + unreadable, 0)
    onProgress(written)
    after = rows.at(-1)!
  }
}

async function readBatch(
  session: Client,
  { table, columns, key, owner, busy, batch }: SealedTable,
  sealing: string,
  after: Row | null,
): Promise<Row[]> {
  const older = columns.map((name) => `(${quoted(name)} <> '' AND ${keyNameIn(quoted(name))} <> $1)`).join(' OR ')
  const names = key.map(({ name }) => quoted(name)).join(', ')
  const conditions = [`(${older})`]
  if (busy) conditions.push(`(${busy}) IS NOT TRUE`)
  if (after) conditions.push(`(${names}) > (${key.map(({ type }, index) => `$${index + 2}::${type}`).join(', ')})`)
  const { rows } = await session.query<Row>(
    `SELECT ${key.map(({ name }) => `${quoted(name)}::text AS ${quoted(name)}`).join(', ')}, "workspaceId"::text,
            ${owner ? `${quoted(owner.column)}::text` : 'NULL'} AS "owner", ${columns.map(quoted).join(', ')}
     FROM ${quoted(table)} WHERE ${conditions.join(' AND ')} ORDER BY ${names} LIMIT ${batch}`,
    [sealing, ...(after ? key.map(({ name }) => after[name]) : [])],
  )
  return rows
}

type Change = { row: Row; fresh: Record<string, string | null>; isNew: boolean; unreadable: number }

/** A column that cannot be opened stays as it is; the other columns of the row are still re-sealed. */
function resealRow(row: Row, { table, columns }: SealedTable, keyring: Keyring): Change {
  const fresh: Change['fresh'] = {}
  let unreadable = 0
  for (const field of columns) {
    fresh[field] = row[field] ?? null
    const address = { workspaceId: row.workspaceId, table, rowId: row.id, field }
    const sealed = sealedIn(row as Record<typeof field, string | null>, field)
    if (!sealed || sealed.split('.')[1] === keyring.sealing.kid) continue
    try {
      fresh[field] = seal(unseal(sealed, address, keyring), address, keyring)
    } catch (error) {
      if (!(error instanceof UnsealError)) throw error
      unreadable += 1
    }
  }
  return { row, fresh, unreadable, isNew: columns.some((field) => fresh[field] !== row[field]) }
}

/** @returns the number of rows that were unchanged since they were read */
async function write(session: Client, { table, columns, key, owner }: SealedTable, changes: Change[]): Promise<number> {
  if (changes.length === 0) return 0
  const keys = key.map(({ name }) => changes.map(({ row }) => row[name]))
  if (owner) {
    await session.query(
      `SELECT FROM ${quoted(owner.table)} WHERE "id" = ANY($1::uuid[]) ORDER BY "id" FOR NO KEY UPDATE`,
      [changes.map(({ row }) => row.owner)],
    )
  }
  const given = key.map(({ name, type }, index) => ({ name, cast: `$${index + 1}::${type}[]` }))
  const isRow = key.map(({ name }) => `t.${quoted(name)} = v.${quoted(name)}`).join(' AND ')
  await session.query(
    `SELECT FROM ${quoted(table)} t JOIN unnest(${given.map(({ cast }) => cast).join(', ')}) AS v(${listOf(key)})
     ON ${isRow} ORDER BY ${key.map(({ name }) => `t.${quoted(name)}`).join(', ')} FOR NO KEY UPDATE OF t`,
    keys,
  )
  const texts = columns.flatMap((name) => [
    { name: `old ${name}`, values: changes.map(({ row }) => row[name]) },
    { name: `new ${name}`, values: changes.map(({ fresh }) => fresh[name]) },
  ])
  const casts = [...given.map(({ cast }) => cast), ...texts.map((_, index) => `$${key.length + index + 1}::text[]`)]
  const isUnchanged = columns.map((name) => `t.${quoted(name)} IS NOT DISTINCT FROM v.${quoted(`old ${name}`)}`)
  const { rowCount } = await session.query(
    `UPDATE ${quoted(table)} t SET ${columns.map((name) => `${quoted(name)} = v.${quoted(`new ${name}`)}`).join(', ')}
     FROM unnest(${casts.join(', ')}) AS v(${listOf([...key, ...texts])})
     WHERE ${isRow} AND ${isUnchanged.join(' AND ')}`,
    [...keys, ...texts.map(({ values }) => values)],
  )
  return rowCount ?? 0
}

function listOf(columns: readonly ({ name: string } | KeyColumn)[]): string {
  return columns.map(({ name }) => quoted(name)).join(', ')
}

/** A deadlock, or a lock of another transaction that took too long. */
const passing = new Set(['40P01', '55P03'])
const mostAttempts = 10
const pauseMs = 200

/** Does the work in a transaction. If it has to wait too long for others, it is retried a few times. */
async function patiently<T>(session: Client, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    await session.query(`BEGIN; SET LOCAL lock_timeout = '5s'`)
    try {
      const result = await work()
      await session.query('COMMIT')
      return result
    } catch (error) {
      await session.query('ROLLBACK').catch(() => {})
      if (attempt === mostAttempts || !passing.has((error as { code?: string }).code ?? '')) throw error
    }
    await sleep(attempt * pauseMs, undefined, { signal: stopping })
  }
}
