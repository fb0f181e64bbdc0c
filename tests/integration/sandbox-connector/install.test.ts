import { beforeAll, describe, expect, it } from 'vitest'
import { workspaceDb } from '@/lib/platform/db/client'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { sandboxConnectorDefinition } from '@/lib/sandbox/definition'
import { installSandboxConnector } from '@/lib/sandbox/install-sandbox-connector'
import { getSandboxOffer } from '@/lib/sandbox/get-sandbox-offer'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

beforeAll(async () => {
  await testDatabase()
  Object.assign(process.env, { PATCHBAY_BUILT_IN_DATABASE: 'true', SANDBOX_PORT: '4510' })
})

const definition = sandboxConnectorDefinition({
  url: 'http://localhost:4510',
  certificateUrl: 'https://localhost:4512',
})

async function installed() {
  const actor = await anActor('manager')
  const result = await installSandboxConnector(actor, {})
  if (!result.ok) throw new Error(result.error.message)
  return { actor, connectorId: result.value.id, db: workspaceDb(actor.workspaceId) }
}

describe('installing the sandbox connector', () => {
  it('adds the connector with its methods, their default variables and their URLs', async () => {
    const { connectorId, db } = await installed()
    const connector = await db.connector.findFirstOrThrow({ where: { id: connectorId } })
    expect(connector).toMatchObject({
      name: 'Acme Commerce',
      key: 'acme-commerce',
      baseUrl: 'http://localhost:4510',
      systemType: 'ecommerce',
    })
    const methods = await db.authenticationMethod.findMany({
      where: { connectorId },
      orderBy: { position: 'asc' },
      include: { variables: true, phases: true, uses: true },
    })
    expect(methods.map(({ name }) => name)).toEqual(['basic auth', 'API token', 'OAuth 2', 'client certificate'])
    for (const { type, variables, uses } of methods) {
      expect(variables.map(({ key }) => key).sort()).toEqual(
        authenticationTypeDefinitions[type].defaultVariables.map(({ key }) => key).sort(),
      )
      expect(uses).toHaveLength(1)
    }
    const urls = Object.fromEntries(methods[2]!.phases.map(({ kind, url }) => [kind, url]))
    expect(urls).toEqual({
      authorise: 'http://localhost:4510/oauth/auth',
      exchange: 'http://localhost:4510/oauth/token',
      refresh: null,
      verify: 'http://localhost:4510/whoami',
    })
  })

  it('enables on each endpoint exactly the methods that Acme accepts there', async () => {
    const { connectorId, db } = await installed()
    const endpoints = await db.endpoint.findMany({
      where: { connectorId },
      include: { enablements: { include: { method: true } } },
    })
    const enabled = Object.fromEntries(
      endpoints.map(({ name, enablements }) => [name, enablements.map(({ method }) => method.name).sort()]),
    )
    expect(enabled).toEqual(
      Object.fromEntries(definition.endpoints.map(({ name, accepts }) => [name, [...accepts].sort()])),
    )
    expect(new Set(endpoints.map(({ entityType }) => entityType))).toEqual(
      new Set(['Orders', 'Products', 'Customers', 'Stock']),
    )
  })

  it('is in the audit log, and its origins are confirmed', async () => {
    const { actor, connectorId, db } = await installed()
    const entry = await db.auditLog.findFirstOrThrow({ where: { action: 'install_sandbox_connector' } })
    expect(entry).toMatchObject({ userId: actor.userId, objectId: connectorId, objectName: 'Acme Commerce' })
    const origins = await db.connectorOrigin.findMany({ where: { connectorId }, orderBy: { origin: 'asc' } })
    expect(origins.map(({ origin }) => origin)).toEqual(['http://localhost:4510', 'https://localhost:4512'])
    expect(origins.every(({ confirmedAt }) => confirmedAt !== null)).toBe(true)
  })

  it('is refused a second time, and leaves nothing behind', async () => {
    const { actor, db } = await installed()
    expect(await installSandboxConnector(actor, {})).toMatchObject({ ok: false, error: { code: 'name_taken' } })
    expect(await db.connector.count()).toBe(1)
    expect(await db.endpoint.count()).toBe(definition.endpoints.length)
  })

  it.each(['read_only', 'user'] as const)('is refused for the role %s', async (role) => {
    const actor = await anActor(role)
    expect(await installSandboxConnector(actor, {})).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
    expect(await workspaceDb(actor.workspaceId).connector.count()).toBe(0)
  })

  it('is offered to people who may install it, until it exists', async () => {
    expect(await getSandboxOffer(await anActor('manager'), {})).toEqual({ ok: true, value: { offer: 'install' } })
    expect(await getSandboxOffer(await anActor('user'), {})).toEqual({ ok: true, value: { offer: 'none' } })
    expect(await getSandboxOffer((await installed()).actor, {})).toEqual({ ok: true, value: { offer: 'none' } })
  })
})
