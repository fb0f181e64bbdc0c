import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { disableConnector } from '@/lib/connectors/disable-connector'
import type { PersonActor } from '@/lib/domain/access/actor'
import { previewRevocation } from '@/lib/instances/preview-revocation'
import { revokeConnectorTokens } from '@/lib/instances/revoke-connector-tokens'
import { seal } from '@/lib/platform/crypto/seal'
import { systemDb } from '@/lib/platform/db/client'
import { sealedTokenAddress } from '@/lib/tokens/sealed-token-address'
import {
  acmeBasicValues,
  acmeConnector,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
  type Acme,
  type AcmeMethod,
} from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { methodOf } from '@/tests/support/method-builders'
import { anHttpServer, type TestServer } from '@/tests/support/servers'
import { aToken } from '@/tests/support/token-builders'

/** *Revoke all tokens* of a connector: at the vendor and here, a few instances in each call. */

await testDatabase()

let actor: PersonActor
let server: TestServer
let acme: Acme
let method: AcmeMethod
let onRevoke: (body: string) => Promise<number> | number

const phases = (revokes: boolean) => [
  { kind: 'authorise' as const, url: '/oauth/auth' },
  { kind: 'exchange' as const, url: '/oauth/token', httpMethod: 'POST' as const },
  ...(revokes ? [{ kind: 'revoke' as const, url: '/oauth/revoke' }] : []),
]

beforeEach(async () => {
  actor = await anActor('administrator')
  onRevoke = () => 200
  server = await anHttpServer(async (_request, response, { body }) => {
    response.statusCode = await onRevoke(body)
    response.end('{}')
  })
  acme = await acmeConnector(actor.workspaceId, server.url)
  method = await methodOf(acme, 'oauth2_authorization_code', { phases: phases(true) })
})

async function authorised(name: string, of = method, token: Parameters<typeof aToken>[1] = { refreshToken: null }) {
  const instance = await acmeInstance(acme, of, acmeOAuthValues, { name })
  await aToken(
    { workspaceId: acme.workspaceId, instanceId: instance.id },
    { accessToken: `token-of-${name}`, ...token },
  )
  return instance
}

const revoke = async (after = '') =>
  valueOf(await revokeConnectorTokens(actor, { connectorId: acme.connectorId, after }))
const preview = async () => valueOf(await previewRevocation(actor, { connectorId: acme.connectorId }))
const tokens = () => systemDb().instanceToken.count({ where: { workspaceId: actor.workspaceId } })
const statusOf = async (id: string) =>
  systemDb().instance.findFirstOrThrow({ where: { id }, select: { status: true, statusReason: true } })
const audited = async () => {
  const rows = await systemDb().auditLog.findMany({ where: { workspaceId: actor.workspaceId } })
  return rows.map(({ action, objectName, changes }) => ({ action, objectName, changes }))
}

test('revokes at the vendor and removes here, and a person has to authorise again', async () => {
  const instance = await authorised('Acme UK')
  expect(await revoke()).toEqual({
    results: [{ instanceId: instance.id, name: 'Acme UK', outcome: 'revoked', reason: '' }],
    next: null,
  })
  expect(server.seen.map(({ url }) => url)).toEqual(['/oauth/revoke'])
  expect(server.seen[0]!.body).toContain('token-of-Acme')
  expect(await tokens()).toBe(0)
  expect(await statusOf(instance.id)).toEqual({
    status: 'needs_authorising_again',
    statusReason: `Its tokens were revoked by ${actor.label}. Authorise it again to use it.`,
  })
  expect(await audited()).toMatchObject([{ action: 'revoke_tokens', objectName: 'Acme UK' }])
})

test('removes the token here if the method has no revoke URL, and if the vendor refuses', async () => {
  const without = await methodOf(acme, 'oauth2_authorization_code', { phases: phases(false) })
  await authorised('A without', without)
  await authorised('B refused')
  onRevoke = () => 503
  const { results } = await revoke()
  expect(results).toMatchObject([
    { name: 'A without', outcome: 'no_revoke_url', reason: '' },
    { name: 'B refused', outcome: 'not_revoked', reason: expect.stringContaining('503') as string },
  ])
  expect(await tokens()).toBe(0)
  expect((await audited()).map(({ objectName }) => objectName).sort()).toEqual(['A without', 'B refused'])
})

test('keeps typed credentials, instances without tokens, and values that are not secret', async () => {
  const basic = await acmeInstance(acme, await acmeMethod(acme, 'basic'), acmeBasicValues)
  const instance = await authorised('Acme UK')
  for (const [key, secret] of [
    ['instance_url', false],
    ['session', true],
  ] as const)
    await systemDb().keptValue.create({
      data: { workspaceId: acme.workspaceId, instanceId: instance.id, key, secret, sealedValue: 'v1.x.y.z' },
    })
  await revoke()
  const kept = await systemDb().keptValue.findMany({ where: { instanceId: instance.id }, select: { key: true } })
  expect(kept).toEqual([{ key: 'instance_url' }])
  expect(await statusOf(basic.id)).toMatchObject({ status: 'connected' })
  expect(await systemDb().instanceValue.count({ where: { instanceId: instance.id } })).toBeGreaterThan(0)
})

test('keeps the status of an instance that obtains its next token by itself', async () => {
  const machine = await methodOf(acme, 'oauth2_client_credentials', { phases: phases(true).slice(1) })
  const instance = await authorised('Machine', machine)
  expect((await revoke()).results).toMatchObject([{ outcome: 'revoked' }])
  expect(await statusOf(instance.id)).toMatchObject({ status: 'connected' })
})

test('includes the instances of a disabled connector', async () => {
  await authorised('Acme UK')
  valueOf(await disableConnector(actor, { connectorId: acme.connectorId, confirmed: true }))
  expect((await revoke()).results).toMatchObject([{ outcome: 'revoked' }])
  expect(server.seen).toHaveLength(1)
})

test('also revokes a token that was refreshed in the meantime', async () => {
  const instance = await authorised('Acme UK')
  onRevoke = async (body) => {
    if (!body.includes('token-of-Acme')) return 200
    const token = await systemDb().instanceToken.findFirstOrThrow({ where: { instanceId: instance.id } })
    const sealedAccessToken = seal(
      'refreshed-token',
      sealedTokenAddress(acme.workspaceId, token.id, 'sealedAccessToken'),
    )
    await systemDb().instanceToken.updateMany({ where: { id: token.id }, data: { sealedAccessToken } })
    return 200
  }
  await revoke()
  expect(server.seen.map(({ body }) => body.includes('refreshed-token'))).toEqual([false, true])
  expect(await tokens()).toBe(0)
  expect(await audited()).toHaveLength(1)
})

describe('many instances', () => {
  const names = Array.from({ length: 12 }, (_, index) => `Instance ${String(index).padStart(2, '0')}`)
  beforeEach(async () => {
    for (const name of names) await authorised(name)
  })

  test('are revoked ten in a call, at most five at once, until none is left', async () => {
    let now = 0
    let most = 0
    onRevoke = async () => {
      most = Math.max(most, ++now)
      await vi.waitUntil(() => most >= 5, { timeout: 4_000 })
      // Time for a sixth to arrive, which must not.
      await sleep(100)
      now -= 1
      return 200
    }
    const first = await revoke()
    expect(first.results.map(({ name }) => name)).toEqual(names.slice(0, 10))
    expect(await tokens()).toBe(2)
    const second = await revoke(first.next!)
    expect(second).toMatchObject({ results: [{ name: names[10] }, { name: names[11] }], next: null })
    expect(most).toBe(5)
  })

  test('that are left after a stop are revoked by the next start', async () => {
    await revoke()
    expect(await preview()).toMatchObject({ instances: 2 })
    expect((await revoke()).results.map(({ name }) => name)).toEqual(names.slice(10))
  })

  test('are revoked once by two administrators at the same time', async () => {
    const [one, other] = await Promise.all([revoke(), revoke()])
    const revoked = [...one.results, ...other.results].map(({ name }) => name)
    expect(revoked.sort()).toEqual(names.slice(0, 10))
    expect((await audited()).map(({ objectName }) => objectName).sort()).toEqual(names.slice(0, 10))
    expect(server.seen).toHaveLength(10)
    expect(await tokens()).toBe(2)
  })
})

describe('the preview', () => {
  test('shows for each method what will happen, and sends nothing', async () => {
    await authorised('One')
    await authorised('Two')
    const machine = await methodOf(acme, 'oauth2_client_credentials', { phases: phases(false).slice(1) })
    await authorised('Machine', machine)
    await acmeInstance(acme, await acmeMethod(acme, 'basic'), acmeBasicValues)
    const { instances, methods } = await preview()
    expect(instances).toBe(3)
    expect(methods).toHaveLength(2)
    expect(methods).toContainEqual(
      expect.objectContaining({ methodId: method.id, instances: 2, atVendor: true, needsPerson: true }),
    )
    expect(methods).toContainEqual(
      expect.objectContaining({ methodId: machine.id, instances: 1, atVendor: false, needsPerson: false }),
    )
    expect(server.seen).toEqual([])
    expect(await tokens()).toBe(3)
  })
})

test('only an administrator of the workspace may revoke', async () => {
  await authorised('Acme UK')
  const manager = await anActor('manager', actor.workspaceId)
  const stranger = await anActor('administrator')
  const input = { connectorId: acme.connectorId }
  for (const [other, code] of [
    [manager, 'not_allowed'],
    [stranger, 'not_found'],
  ] as const) {
    expect(await revokeConnectorTokens(other, { ...input, after: '' })).toMatchObject({ ok: false, error: { code } })
    expect(await previewRevocation(other, input)).toMatchObject({ ok: false, error: { code } })
  }
  expect(await tokens()).toBe(1)
})
