import { afterAll, expect, test } from 'vitest'
import { getInstance } from '@/lib/instances/get-instance'
import { getNewInstance } from '@/lib/instances/get-new-instance'
import { checkInstance } from '@/lib/verification/check-instance'
import { startSandbox } from '../../sandbox/sandbox'
import { acmeConnector, acmeMethod, acmeOAuthValues } from '../../support/acme-builders'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { create, created, save, testConnection } from '../../support/instance-inputs'

const { sql } = await testDatabase()
const sandbox = await startSandbox()
afterAll(() => sandbox.close())

const planted = 'planted-secret-7f3a9c'
const forms = [
  planted,
  Buffer.from(planted).toString('base64'),
  Buffer.from(`acme-api:${planted}`).toString('base64'),
  encodeURIComponent(planted),
]

/** Every text and JSON column of every table. */
async function everythingStored(): Promise<string> {
  const columns = await sql<{ table: string; column: string }>(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type IN ('text', 'jsonb', 'character varying', 'ARRAY')`,
  )
  const texts = await Promise.all(
    columns.map(({ table, column }) =>
      sql<{ text: string }>(`SELECT "${column}"::text AS text FROM "${table}" WHERE "${column}" IS NOT NULL`),
    ),
  )
  return JSON.stringify(texts)
}

function noneIn(text: string) {
  for (const form of forms) expect(text).not.toContain(form)
  expect(text).not.toMatch(/"v1\.test\./)
}

test('a planted secret is in no result of any query or mutation, and only sealed in the database (rule R10)', async () => {
  const manager = await anActor('manager')
  const acme = await acmeConnector(manager.workspaceId, sandbox.url)
  const basic = await acmeMethod(acme, 'basic')
  const oauth = await acmeMethod(acme, 'oauth2_authorization_code')
  const answers: unknown[] = []
  const typed = { username: 'acme-api', password: planted }
  answers.push(await create(manager, acme, basic, typed))
  await sandbox.control.setBasicPassword({ password: planted })
  const id = await created(manager, acme, basic, typed)
  answers.push(
    await getInstance(manager, { instanceId: id }),
    await getNewInstance(manager, { connectorId: acme.connectorId }),
  )
  answers.push(await testConnection(manager, id, basic, {}), await checkInstance(manager, { instanceId: id }))
  answers.push(
    await save(manager, id, basic, { password: `${planted}-2` }),
    await save(manager, id, basic, { password: `${planted}\n` }),
  )
  // Its result contains the URL of the third party, which includes the client id but not the secret.
  answers.push(await create(manager, acme, oauth, { ...acmeOAuthValues, client_secret: planted }))
  const waiting = await sql<{ id: string }>(`SELECT "id" FROM "Instance" WHERE "status" = 'awaiting_authorisation'`)
  answers.push(await getInstance(manager, { instanceId: waiting[0]!.id }))
  noneIn(JSON.stringify(answers))
  const stored = await everythingStored()
  for (const form of forms) expect(stored).not.toContain(form)
  expect(stored).toContain('v1.test.')
})

test('a sealed value moved to another row does not open', async () => {
  const manager = await anActor('manager')
  const acme = await acmeConnector(manager.workspaceId, sandbox.url)
  const basic = await acmeMethod(acme, 'basic')
  await sandbox.control.reset()
  const values = { username: 'acme-api', password: 'basic-password-1' }
  const [one, other] = [await created(manager, acme, basic, values), await created(manager, acme, basic, values)]
  const place = '"instanceId" = $1 AND "sealedValue" IS NOT NULL'
  await sql(
    `UPDATE "InstanceValue" SET "sealedValue" = (SELECT "sealedValue" FROM "InstanceValue" WHERE ${place}) WHERE "instanceId" = $2 AND "sealedValue" IS NOT NULL`,
    [one, other],
  )
  expect(await checkInstance(manager, { instanceId: one })).toMatchObject({ ok: true })
  expect(await checkInstance(manager, { instanceId: other })).toMatchObject({
    ok: false,
    error: { code: 'key_unknown' },
  })
})
