import { escapeIdentifier as quoted, type Client } from 'pg'
import { migrationNames, migrationSql } from '@/lib/platform/db/migration-files'

/** The table with the history of migrations, as Prisma's schema engine creates it. */
const historyTable = `CREATE TABLE "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`

/**
 * Recreates the schema as it was after these migrations, in the open transaction. The rows of the history come from the
 * backup. Drops only what migrations create, so that other objects in the database stay.
 */
export async function makeFreshSchema(session: Client, migrations: string[]): Promise<void> {
  const made = migrationNames().map(migrationSql).join('\n')
  const names = (pattern: RegExp) => [...made.matchAll(pattern)].map(([, name]) => quoted(name!)).join(', ')
  const tables = names(/^CREATE TABLE (?:IF NOT EXISTS )?"(\w+)"/gm)
  await session.query(`DROP TABLE IF EXISTS ${tables}, "_prisma_migrations" CASCADE`)
  await session.query(`DROP TYPE IF EXISTS ${names(/^CREATE TYPE "(\w+)"/gm)}`)
  await session.query(`DROP FUNCTION IF EXISTS ${names(/^CREATE FUNCTION (\w+)\(/gm)}`)
  await session.query(historyTable)
  for (const name of migrations) await session.query(migrationSql(name))
}

const dayMs = 24 * 60 * 60 * 1_000

/** Creates a partition for each of these days (`2026-11-28`), in the same way as the clean-up. */
export async function makePartitions(session: Client, table: string, days: readonly string[]): Promise<void> {
  for (const day of days) {
    const from = new Date(`${day}T00:00:00Z`)
    const to = new Date(from.getTime() + dayMs)
    await session.query(
      `CREATE TABLE ${quoted(`${table}_${day.replaceAll('-', '')}`)} PARTITION OF ${quoted(table)}
       FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`,
    )
  }
}
