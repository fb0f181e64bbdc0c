import { escapeIdentifier, type Client } from 'pg'
import { keyNameIn, sealedTables, type SealedTable } from '@/lib/platform/crypto/sealed-columns'
import { jobsConnection } from '@/lib/platform/jobs/jobs-connection'

/** The number of sealed values by table, for one key. The sentinel counts as one of `Installation`. */
export type KeyUsage = Map<string, Map<string, number>>

type Row = { kid: string; table: string; values: number }

/** How many values use each key. Reads the beginning of every sealed value, so it takes a while for much data. */
export async function readKeyUsage(session: Client): Promise<KeyUsage> {
  const usage: KeyUsage = new Map()
  for (const { table, columns } of await existingTables(session)) {
    const { rows } = await session.query<Row>(columns.map((column) => countIn(table, column)).join(' UNION ALL '))
    for (const { kid, values } of rows) {
      const byTable = usage.get(kid) ?? new Map<string, number>()
      usage.set(kid, byTable.set(table, (byTable.get(table) ?? 0) + values))
    }
  }
  return usage
}

/** A backup may be made before the migration that adds a column. */
async function existingTables(session: Client): Promise<{ table: string; columns: string[] }[]> {
  const { rows } = await session.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND column_name LIKE 'sealed%'`,
  )
  const existing = new Set(rows.map(({ name }) => name))
  return [...sealedTables, { table: 'Installation', columns: ['sealedSentinel'] }]
    .map(({ table, columns }) => ({ table, columns: columns.filter((name) => existing.has(`${table}.${name}`)) }))
    .filter(({ columns }) => columns.length > 0)
}

function countIn(table: string, column: string): string {
  const [from, sealed] = [escapeIdentifier(table), escapeIdentifier(column)]
  return `SELECT ${keyNameIn(sealed)} AS kid, count(*)::int AS values FROM ${from} WHERE ${sealed} <> '' GROUP BY 1`
}

/** The number of values that a key has sealed. */
export function valuesOf(usage: KeyUsage, kid: string): number {
  return [...(usage.get(kid)?.values() ?? [])].reduce((sum, values) => sum + values, 0)
}

/** The number of values in a table that are not sealed with the first key. */
export function olderValuesIn(usage: KeyUsage, { table }: Pick<SealedTable, 'table'>, sealing: string): number {
  return [...usage].reduce((sum, [kid, byTable]) => sum + (kid === sealing ? 0 : (byTable.get(table) ?? 0)), 0)
}

/** The keys that the running processes of this database seal with. */
export async function keysOfRunningProcesses(session: Client): Promise<string[]> {
  const { rows } = await session.query<{ name: string }>(
    `SELECT DISTINCT application_name AS name FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE $1 ORDER BY 1`,
    [`${jobsConnection}%`],
  )
  return rows.map(({ name }) => name.slice(jobsConnection.length))
}
