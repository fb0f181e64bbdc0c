import { beforeEach, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { verifyDraft } from '@/lib/verification/verify'
import { checkInstance } from '@/lib/verification/check-instance'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
  type Acme,
  type AcmeMethod,
} from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { anHttpServer, type TestServer } from '@/tests/support/servers'
import { aToken } from '@/tests/support/token-builders'
import { permitted } from '@/tests/support/permitted'

const { sql } = await testDatabase()

let actor: PersonActor
let vendor: TestServer
let acme: Acme

beforeEach(async () => {
  actor = await anActor('manager')
  vendor = await anHttpServer((_request, response) => response.end('{}'))
  acme = await acmeConnector(actor.workspaceId, vendor.url)
})

/** A key was removed from PATCHBAY_ENCRYPTION_KEYS while values were still sealed with it. */
const loseKey = (table: string, column: string) =>
  sql(
    `UPDATE "${table}" SET "${column}" = regexp_replace("${column}", '^v1\\.[^.]+', 'v1.lost') WHERE "workspaceId" = $1 AND "${column}" IS NOT NULL`,
    [actor.workspaceId],
  )

const lost = { ok: false, error: { code: 'key_unknown', message: expect.stringContaining('PATCHBAY_ENCRYPTION_KEYS') } }

async function anInstanceOf(method: AcmeMethod, values: Record<string, string>) {
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  const { id } = await acmeInstance(acme, method, values)
  return {
    id,
    run: () => sendEndpointRequest(actor, { instanceId: id, endpointId: endpoint.id, values: {}, filters: {} }),
  }
}

test('credentials sealed with a missing key give an error that says so at every entry point, and nothing is sent', async () => {
  const method = await acmeMethod(acme, 'basic')
  const { id, run } = await anInstanceOf(method, acmeBasicValues)
  await loseKey('InstanceValue', 'sealedValue')
  expect(await run()).toMatchObject(lost)
  expect(await checkInstance(actor, { instanceId: id })).toMatchObject(lost)
  expect(
    await verifyDraft(permitted(actor), {
      methodId: method.id,
      instanceId: id,
      values: [],
      certificate: { kind: 'keep' },
    }),
  ).toMatchObject(lost)
  expect(vendor.seen).toEqual([])
})

test.each(['sealedAccessToken', 'sealedRefreshToken'])(
  'a token whose %s cannot be opened gives the same error, and the instance keeps its status',
  async (column) => {
    const { id, run } = await anInstanceOf(await acmeMethod(acme, 'oauth2_authorization_code'), acmeOAuthValues)
    await aToken(
      { workspaceId: actor.workspaceId, instanceId: id },
      { expiresInSeconds: column === 'sealedAccessToken' ? 3_600 : -60 },
    )
    await loseKey('InstanceToken', column)
    expect(await run()).toMatchObject(lost)
    expect(vendor.seen).toEqual([])
    expect((await systemDb().instance.findFirstOrThrow({ where: { id } })).status).toBe('connected')
  },
)
