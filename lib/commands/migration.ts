import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { newId } from '@/lib/platform/db/new-id'
import { diffSchema } from '@/lib/platform/db/schema-engine'
import { openDatabase } from '@/lib/platform/server/database'
import { checkout, loadSettings } from '@/lib/platform/server/environment'
import { PlainError, runCommand } from '@/lib/platform/server/plain-error'

const usage = `npm run db:migration                  shows the changes in prisma/schema.prisma that no migration makes yet
npm run db:migration -- NAME          writes them as a new migration; review and complete it by hand`

/** Compares in an empty database of its own, next to the app's. */
async function diffInScratch(): Promise<string> {
  const database = await openDatabase(loadSettings())
  const name = `patchbay_scratch_${newId().slice(-12)}`
  const url = new URL(database.url)
  url.pathname = `/${name}`
  try {
    await database.session.query(`CREATE DATABASE "${name}" TEMPLATE template0`)
    return await diffSchema(url.href)
  } finally {
    await dropDatabase(database.session, name)
    await database.close()
  }
}

async function dropDatabase(session: Client, name: string): Promise<void> {
  await session.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
}

function write(name: string, sql: string): string {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = join(checkout, 'prisma/migrations', `${stamp}_${name}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'migration.sql'), sql)
  return join(folder, 'migration.sql')
}

await runCommand(async () => {
  const [name, ...rest] = process.argv.slice(2)
  if (rest.length > 0 || (name !== undefined && !/^[a-z0-9_]+$/.test(name)))
    throw new PlainError(`A migration's name may contain only a-z, 0-9 and _.\n\n${usage}`)
  const sql = await diffInScratch()
  if (sql === '') return console.log('Schema and migrations agree.')
  if (name !== undefined) return console.log(`Written: ${write(name, sql)}`)
  throw new PlainError(`Missing in the migrations:\n\n${sql}\n${usage}`)
})
