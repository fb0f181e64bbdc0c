import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The schema and the migrations on disk, in the form that Prisma's schema engine expects. Paths are those of the
 * checkout.
 */

const prismaFolder = join(process.cwd(), 'prisma')
const migrationsFolder = join(prismaFolder, 'migrations')

export const schemaPath = join(prismaFolder, 'schema.prisma')

export function readSchema(): string {
  return readFileSync(schemaPath, 'utf8')
}

/** The names of the migrations in the order in which they apply. */
export function migrationNames(): string[] {
  if (!existsSync(migrationsFolder)) return []
  return readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

export function migrationSql(name: string): string {
  return readFileSync(join(migrationsFolder, name, 'migration.sql'), 'utf8')
}

export function migrationDirectories() {
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames().map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: migrationSql(name) },
      },
    })),
  }
}
