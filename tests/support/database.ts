import { inject } from 'vitest'
import { newId } from '@/lib/platform/db/new-id'
import { createDatabase, runSql } from './database-server'
import { testEncryptionKeys, testSessionSecret } from './test-secrets'

export type TestDatabase = {
  url: string
  /** Plain SQL next to the app's own client, for changes that the app would refuse. */
  sql: <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>
}

/**
 * A fresh migrated database for the calling test file, and the environment that makes the app's code use it. Call once,
 * at the top of the file or in beforeAll, before the first query. It is dropped at the end of the run.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `${inject('runName')}_${newId().slice(-12)}`
  const url = await createDatabase(inject('serverUrl'), name, inject('runName'))
  Object.assign(process.env, {
    DATABASE_URL: url,
    PATCHBAY_ENCRYPTION_KEYS: testEncryptionKeys,
    PATCHBAY_SESSION_SECRET: testSessionSecret,
    PATCHBAY_LOG_LEVEL: 'silent',
    PATCHBAY_OUTBOUND_ALLOW: '127.0.0.0/8,::1/128',
  })
  return { url, sql: (text, values) => runSql(url, text, values) }
}
