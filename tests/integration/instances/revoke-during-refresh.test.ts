import { beforeEach, expect, test, vi } from 'vitest'
import { needsRefresh } from '@/lib/domain/oauth2/refresh-rule'
import type { PersonActor } from '@/lib/domain/access/actor'
import { deleteInstance } from '@/lib/instances/delete-instance'
import { revokeConnectorTokens } from '@/lib/instances/revoke-connector-tokens'
import { systemDb } from '@/lib/platform/db/client'
import type { TokenAttempt, TokenSource } from '@/lib/tokens/types'
import { usableToken } from '@/lib/tokens/usable-token'
import { acmeConnector, acmeInstance, acmeOAuthValues, type Acme } from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { methodOf } from '@/tests/support/method-builders'
import { anHttpServer, type TestServer } from '@/tests/support/servers'
import { aToken } from '@/tests/support/token-builders'

/** *Revoke all tokens*, and the deletion of an instance, while another request refreshes one of them. */

await testDatabase()

let actor: PersonActor
let server: TestServer
let acme: Acme
let instanceId: string
let onRevoke: () => Promise<void>

beforeEach(async () => {
  actor = await anActor('administrator')
  onRevoke = async () => {}
  server = await anHttpServer(async (_request, response) => {
    await onRevoke()
    response.end('{}')
  })
  acme = await acmeConnector(actor.workspaceId, server.url)
  const method = await methodOf(acme, 'oauth2_authorization_code', {
    phases: [
      { kind: 'authorise', url: '/oauth/auth' },
      { kind: 'exchange', url: '/oauth/token', httpMethod: 'POST' },
      { kind: 'revoke', url: '/oauth/revoke' },
    ],
  })
  const instance = await acmeInstance(acme, method, acmeOAuthValues, { name: 'Acme UK' })
  instanceId = instance.id
  await aToken({ workspaceId: acme.workspaceId, instanceId })
})

/** A refresh that holds the lease until the token endpoint responds. */
async function aRunningRefresh() {
  const response = Promise.withResolvers<TokenAttempt>()
  const source = {
    connector: 'Acme',
    settings: '1.1',
    obtainedFor: '',
    mostWaitMs: 70_000,
    isDue: (token, now) => needsRefresh(token, now, null),
    canRenew: () => true,
    obtain: vi.fn<TokenSource['obtain']>(() => response.promise),
  } satisfies TokenSource
  const token = usableToken({ workspaceId: acme.workspaceId, instanceId, name: 'default' }, source)
  await vi.waitUntil(() => source.obtain.mock.calls.length > 0)
  const respond = () =>
    response.resolve({
      ...{ kind: 'obtained', replacesEarlier: false, missed: [] },
      tokens: {
        ...{ accessToken: 'new-access-token', refreshToken: 'new-refresh-token', tokenType: 'Bearer' },
        ...{ scope: null, expiresAt: null, stored: [] },
      },
    })
  return { token, respond }
}

const revoke = async () => valueOf(await revokeConnectorTokens(actor, { connectorId: acme.connectorId, after: '' }))
const tokens = () => systemDb().instanceToken.count({ where: { instanceId } })
const audited = () => systemDb().auditLog.count({ where: { workspaceId: actor.workspaceId } })

test('the revocation waits for a running refresh and revokes its token', async () => {
  const { token, respond } = await aRunningRefresh()
  const revoked = revoke()
  setTimeout(respond, 500)
  expect((await revoked).results).toMatchObject([{ instanceId, outcome: 'revoked' }])
  expect(await token).toMatchObject({ ok: true })
  const bodies = server.seen.map(({ body }) => body)
  expect(bodies.some((body) => body.includes('new-access-token'))).toBe(true)
  expect(bodies.some((body) => body.includes('old-'))).toBe(false)
  expect(await tokens()).toBe(0)
  expect(await audited()).toBe(1)
})

test('says that a new token may exist if the refresh takes too long, within ten seconds however slow the vendor', async () => {
  const { token, respond } = await aRunningRefresh()
  const held = Promise.withResolvers<void>()
  onRevoke = () => held.promise
  const began = performance.now()
  const { results } = await revoke()
  expect(performance.now() - began).toBeLessThan(11_500)
  held.resolve()
  expect(results).toMatchObject([{ instanceId, outcome: 'not_revoked' }])
  expect(results[0]!.reason).toMatch(/A new token was being requested at the same time\.$/)
  expect(await tokens()).toBe(0)
  expect(await audited()).toBe(1)
  respond()
  expect(await token).toMatchObject({ ok: false, error: { code: 'no_token' } })
  expect(await tokens()).toBe(0)
})

test('the deletion of an instance waits for a running refresh and revokes its token', async () => {
  const { token, respond } = await aRunningRefresh()
  const deleted = deleteInstance(actor, { instanceId, typedName: 'Acme UK' })
  setTimeout(respond, 500)
  expect(valueOf(await deleted).revocation).toMatchObject({ revoked: true })
  expect(await token).toMatchObject({ ok: true })
  expect(server.seen.some(({ body }) => body.includes('new-access-token'))).toBe(true)
  expect(server.seen.some(({ body }) => body.includes('old-'))).toBe(false)
})
