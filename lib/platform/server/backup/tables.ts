import type { Client } from 'pg'

export type Table = { name: string; columns: string[] }

/** Its rows describe processes of the moment, which run in no other installation. */
const tableOfProcesses = 'Worker'

/** All tables that a backup contains, with their columns, without partitions. Referenced tables come first. */
export async function listTables(session: Client): Promise<Table[]> {
  const { rows } = await session.query<Table & { references: string[] }>(
    `SELECT t.relname::text AS name,
            (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
             WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
            (SELECT coalesce(array_agg(DISTINCT r.relname::text), '{}') FROM pg_constraint c JOIN pg_class r ON r.oid = c.confrelid
             WHERE c.conrelid = t.oid AND c.contype = 'f' AND c.confrelid <> c.conrelid) AS "references"
     FROM pg_class t WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p') AND NOT t.relispartition
       AND t.relname <> $1
     ORDER BY 1`,
    [tableOfProcesses],
  )
  const ordered: typeof rows = []
  while (ordered.length < rows.length) {
    const ready = rows.filter(
      (table) =>
        !ordered.includes(table) && table.references.every((name) => ordered.some((earlier) => earlier.name === name)),
    )
    if (ready.length === 0) throw new Error('tables refer to each other in a circle')
    ordered.push(...ready)
  }
  // The request log is the largest and comes last, so that its clean-up waits only for the end of the backup.
  const isLog = ({ name }: Table) => name.startsWith('RequestLog')
  return [...ordered.filter((table) => !isLog(table)), ...ordered.filter(isLog)].map(({ name, columns }) => ({
    name,
    columns,
  }))
}

/** The days for which a partitioned table has a partition, as `2026-11-28`. */
export async function partitionDays(session: Client, table: string): Promise<string[]> {
  const { rows } = await session.query<{ name: string }>(
    `SELECT child.relname::text AS name FROM pg_inherits JOIN pg_class parent ON parent.oid = inhparent
     JOIN pg_class child ON child.oid = inhrelid
     WHERE parent.relname = $1 AND parent.relnamespace = current_schema()::regnamespace ORDER BY 1`,
    [table],
  )
  return rows.flatMap(({ name }) => {
    const [, year, month, day] = /_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? []
    return year ? [`${year}-${month}-${day}`] : []
  })
}

/** Makes the format of rows independent of the server's settings, and allows a backup to take as long as necessary. */
export const copySettings = `SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'iso_8601'; SET LOCAL bytea_output = 'hex';
  SET LOCAL extra_float_digits = 1; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0`
