import { beforeAll, expect, it } from 'vitest'
import { workspaceDb } from '@/lib/platform/db/client'
import { installSandboxConnector } from '@/lib/sandbox/install-sandbox-connector'
import { getSandboxOffer } from '@/lib/sandbox/get-sandbox-offer'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

beforeAll(async () => {
  await testDatabase()
  Object.assign(process.env, { NODE_ENV: 'production', PATCHBAY_BUILT_IN_DATABASE: 'false' })
})

it('the sandbox connector is neither offered nor installed in production with an external database', async () => {
  const actor = await anActor('administrator')
  expect(await getSandboxOffer(actor, {})).toEqual({ ok: true, value: { offer: 'none' } })
  expect(await installSandboxConnector(actor, {})).toMatchObject({ ok: false, error: { code: 'not_found' } })
  expect(await workspaceDb(actor.workspaceId).connector.count()).toBe(0)
})
