import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseKeyring } from '@/lib/platform/crypto/keyring'
import { checkSentinel } from '@/lib/platform/server/sentinel'
import { testDatabase } from '@/tests/support/database'

const { url, sql } = await testDatabase()
const session = new Client({ connectionString: url })
beforeAll(() => session.connect())
afterAll(() => session.end())

const key = () => randomBytes(32).toString('base64')
const first = `first:${key()}`

test('the first start seals the sentinel, and the same key opens it from then on', async () => {
  await checkSentinel(session, parseKeyring(first))
  const [row] = await sql<{ sealedSentinel: string }>(`SELECT "sealedSentinel" FROM "Installation"`)
  expect(row?.sealedSentinel).toMatch(/^v1\.first\./)
  await expect(checkSentinel(session, parseKeyring(first))).resolves.toBeUndefined()
})

test('a newer key in front is accepted as long as the old one follows it', async () => {
  await expect(checkSentinel(session, parseKeyring(`second:${key()},${first}`))).resolves.toBeUndefined()
})

test('a key of another name is named at once', async () => {
  await expect(checkSentinel(session, parseKeyring(`second:${key()}`))).rejects.toThrow(
    /sealed with the key “first”.*contains “second”/,
  )
})

test('another key under the same name is named at once', async () => {
  await expect(checkSentinel(session, parseKeyring(`first:${key()}`))).rejects.toThrow(
    /“first” in PATCHBAY_ENCRYPTION_KEYS is not the key of that name/,
  )
})

test('of processes that start together on a fresh database all agree on one sentinel', async () => {
  await sql(`UPDATE "Installation" SET "sealedSentinel" = NULL`)
  const others = [new Client({ connectionString: url }), new Client({ connectionString: url })]
  await Promise.all(others.map((client) => client.connect()))
  await Promise.all([session, ...others].map((client) => checkSentinel(client, parseKeyring(first))))
  await Promise.all(others.map((client) => client.end()))
  expect(await sql(`SELECT FROM "Installation"`)).toHaveLength(1)
})
