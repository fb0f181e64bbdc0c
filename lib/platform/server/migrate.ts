import type { Client } from 'pg'
import { migrationNames } from '@/lib/platform/db/migration-files'
import { PlainError } from './plain-error'

/** Migrates the database to the schema of this checkout. The engine is loaded only if a migration is missing. */
export async function migrate(database: Client, url: string): Promise<string[]> {
  const applied = await requireKnownMigrations(database)
  if (migrationNames().every((name) => applied.includes(name))) return []
  const { applyMigrations } = await import('@/lib/platform/db/schema-engine')
  return applyMigrations(url)
}

/** Throws if the database lacks a migration of this version, or has one of a newer Patchbay. */
export async function requireCurrentSchema(database: Client): Promise<void> {
  const applied = await requireKnownMigrations(database)
  const missing = migrationNames().find((name) => !applied.includes(name))
  if (missing === undefined) return
  throw new PlainError(
    `This database has the tables of an older Patchbay (it lacks the migration ${missing}).\nStart the app of this version first (npm start), which migrates it.`,
  )
}

/** The migrations that the database has, in order. Throws if one of them is of a newer Patchbay. */
export async function requireKnownMigrations(database: Client): Promise<string[]> {
  const applied = await appliedMigrations(database)
  const unknown = unknownMigrations(applied)
  if (unknown.length === 0) return applied
  throw new PlainError(
    `This database was used by a newer Patchbay (it has the migration ${unknown.at(-1)}, which this checkout does not know).\nUpdate the checkout, or use another database.`,
  )
}

/** The migrations that this version does not have, because a newer Patchbay applied them. */
export function unknownMigrations(names: string[]): string[] {
  const known = migrationNames()
  return names.filter((name) => !known.includes(name))
}

async function appliedMigrations(database: Client): Promise<string[]> {
  const { rows } = await database.query<{ exists: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`,
  )
  if (!rows[0]!.exists) return []
  const applied = await database.query<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  )
  return applied.rows.map(({ name }) => name)
}
