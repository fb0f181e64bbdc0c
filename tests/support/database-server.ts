import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { applyMigrations } from '@/lib/platform/db/schema-engine'
import { newId } from '@/lib/platform/db/new-id'
import { openBuiltInDatabase } from '@/lib/platform/server/built-in-postgres/open'

/** Runs one statement on its own connection. */
export async function runSql<Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

export function withDatabaseName(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

/** A unique name for each run, so that parallel runs on one server do not collide. */
const runName = `patchbay_test_${newId().replaceAll('-', '').slice(-10)}`

export async function createDatabase(serverUrl: string, name: string, template = 'template0'): Promise<string> {
  await runSql(serverUrl, `CREATE DATABASE "${name}" TEMPLATE "${template}"`)
  return withDatabaseName(serverUrl, name)
}

/**
 * A Postgres for tests (the server of TEST_DATABASE_URL, or its own built-in one) with a migrated database to copy.
 * `remove` drops all copies and stops the server if it was started here.
 */
export async function prepareTestDatabases() {
  const server = await testServer()
  const templateUrl = await createDatabase(server.url, runName)
  await applyMigrations(templateUrl)
  return {
    serverUrl: server.url,
    runName,
    remove: async () => {
      const databases = await runSql<{ name: string }>(
        server.url,
        `SELECT datname AS name FROM pg_database WHERE datname LIKE '${runName}%'`,
      )
      for (const { name } of databases) await runSql(server.url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
      await server.stop()
    },
  }
}

async function testServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL, stop: async () => {} }
  // Readable by every user, because as root the server runs as another user and does not use the system's folders.
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-test-'))
  chmodSync(folder, 0o711)
  const database = await openBuiltInDatabase(folder)
  return {
    url: database.url,
    stop: async () => {
      await database.release()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
