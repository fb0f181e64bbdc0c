import { beforeAll, describe, expect, it } from 'vitest'
import { importConnector } from '@/lib/imports/import-connector'
import { getMethodDocument } from '@/lib/imports/get-method-document'
import { workspaceDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { addPresetMethod } from '@/lib/imports/add-preset-method'
import { installPreset } from '@/lib/imports/install-preset'
import { listPresets } from '@/lib/imports/list-presets'
import { readCatalogue } from '@/lib/imports/read-catalogue'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'

beforeAll(async () => {
  await testDatabase()
})

async function aConnectorLike(actor: PersonActor, given: object = {}) {
  const document = JSON.stringify({ patchbay: 1, kind: 'connector', name: 'Our shop', baseUrl: '', ...given })
  return valueOf(await importConnector(actor, { document, name: '' })).id
}

const shopify = { preset: 'shopify', method: 'Admin API token', name: '' }

describe('The list of ready-made connectors', () => {
  it('contains all of them, sorted by name, with their authentication types', async () => {
    const listed = valueOf(await listPresets(await anActor('read_only'), {}))
    expect(listed).toHaveLength((await readCatalogue()).length)
    expect(listed.map(({ name }) => name)).toEqual(
      listed.map(({ name }) => name).sort((one, other) => one.localeCompare(other, 'en')),
    )
    expect(listed.find(({ key }) => key === 'stripe')).toMatchObject({
      name: 'Stripe',
      installed: null,
      methods: [{ name: 'Secret key', type: 'token' }],
    })
  })

  it('says when each was compared with which pages, and which was not', async () => {
    const listed = valueOf(await listPresets(await anActor('read_only'), {}))
    expect(listed.find(({ key }) => key === 'stripe')).toMatchObject({
      checkedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      sources: expect.arrayContaining(['https://docs.stripe.com/api/authentication']),
    })
    expect(listed.find(({ key }) => key === 'sap-business-one')).toMatchObject({ checkedAt: null })
  })

  it('shows which of them the workspace has, and nothing about other workspaces', async () => {
    const [actor, other] = [await anActor('manager'), await anActor('manager')]
    const { id } = valueOf(await installPreset(actor, { preset: 'stripe', name: '' }))
    const installed = async (asking: PersonActor) =>
      valueOf(await listPresets(asking, {})).filter((preset) => preset.installed)
    expect(await installed(actor)).toMatchObject([{ key: 'stripe', installed: { id } }])
    expect(await installed(other)).toEqual([])
  })
})

describe('A ready-made connector', () => {
  it('is installed completely, with a line in the audit log', async () => {
    const actor = await anActor('manager')
    const { id } = valueOf(await installPreset(actor, { preset: 'shopify', name: '' }))
    const db = workspaceDb(actor.workspaceId)
    const shop = (await readCatalogue()).find(({ key }) => key === 'shopify')!.document
    expect(await db.connector.findFirst({ where: { id } })).toMatchObject({
      name: 'Shopify',
      systemType: 'ecommerce',
      rateLimitAmount: 2,
      rateLimitUnit: 'second',
    })
    expect(await db.enablement.count({ where: { connectorId: id } })).toBe(
      shop.endpoints.reduce((sum, { accepts }) => sum + accepts.length, 0),
    )
    expect(await db.auditLog.findFirst({ where: { action: 'install_connector' } })).toMatchObject({
      objectId: id,
      objectName: 'Shopify',
    })
  })

  it('can be installed with another name if its own is taken', async () => {
    const actor = await anActor('manager')
    valueOf(await installPreset(actor, { preset: 'stripe', name: '' }))
    expect(await installPreset(actor, { preset: 'stripe', name: '' })).toMatchObject({
      ok: false,
      error: { code: 'name_taken', field: 'name' },
    })
    const second = valueOf(await installPreset(actor, { preset: 'stripe', name: 'Stripe for the outlet' }))
    const row = await workspaceDb(actor.workspaceId).connector.findFirst({ where: { id: second.id } })
    expect(row).toMatchObject({ name: 'Stripe for the outlet' })
    expect(await workspaceDb(actor.workspaceId).connector.count()).toBe(2)
  })

  it('can only be installed by people who may change connectors, and only if it exists', async () => {
    expect(await installPreset(await anActor('read_only'), { preset: 'stripe', name: '' })).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
    expect(await installPreset(await anActor('manager'), { preset: 'nowhere', name: '' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })
})

describe('One method of a ready-made connector, added to another connector', () => {
  it('adds missing connector variables as its own, and the base URL', async () => {
    const actor = await anActor('manager')
    const connectorId = await aConnectorLike(actor)
    const { id } = valueOf(await addPresetMethod(actor, { ...shopify, connectorId }))
    const db = workspaceDb(actor.workspaceId)
    expect(await db.variable.findFirst({ where: { methodId: id, key: 'shop' } })).toMatchObject({
      level: 'method',
      displayName: 'Shop',
      required: true,
    })
    expect(await db.variableUse.count({ where: { methodId: id } })).toBe(0)
    expect(valueOf(await getMethodDocument(actor, { methodId: id })).document).toContain(
      'baseUrl: https://{{ shop }}.myshopify.com/admin/api/',
    )
    expect(await db.connectorOrigin.findFirst({ where: { connectorId } })).toMatchObject({
      origin: expect.stringContaining('myshopify.com'),
    })
  })

  it('uses existing connector variables and does not change the base URL', async () => {
    const actor = await anActor('manager')
    const connectorId = await aConnectorLike(actor, {
      baseUrl: 'https://{{ shop }}.acme.test',
      variables: [{ key: 'shop', displayName: 'Our own shop' }],
    })
    const { id } = valueOf(await addPresetMethod(actor, { ...shopify, connectorId }))
    const db = workspaceDb(actor.workspaceId)
    expect(await db.variable.findFirst({ where: { methodId: id, key: 'shop' } })).toBeNull()
    expect(await db.variableUse.findFirst({ where: { methodId: id }, include: { variable: true } })).toMatchObject({
      required: true,
      variable: { displayName: 'Our own shop' },
    })
    expect(valueOf(await getMethodDocument(actor, { methodId: id })).document).not.toContain('baseUrl')
  })

  it('is off on every endpoint (rule R2), and can have another name if its own is taken', async () => {
    const actor = await anActor('manager')
    const connectorId = await aConnectorLike(actor, { endpoints: [{ name: 'List orders', url: '/orders' }] })
    valueOf(await addPresetMethod(actor, { ...shopify, connectorId }))
    expect(await addPresetMethod(actor, { ...shopify, connectorId })).toMatchObject({
      ok: false,
      error: { code: 'name_taken' },
    })
    expect(await addPresetMethod(actor, { ...shopify, connectorId, name: 'Second shop' })).toMatchObject({ ok: true })
    expect(await workspaceDb(actor.workspaceId).enablement.count()).toBe(0)
  })

  it('works for each of them', async () => {
    const actor = await anActor('manager')
    const refused: string[] = []
    for (const { key, document } of await readCatalogue()) {
      const connectorId = await aConnectorLike(actor, { name: `Like ${key}` })
      for (const { name } of document.methods) {
        const added = await addPresetMethod(actor, { connectorId, preset: key, method: name, name: '' })
        if (!added.ok) refused.push(`${key}, ${name}: ${added.error.message}`)
      }
    }
    expect(refused).toEqual([])
  })

  it('is refused if the method or connector does not exist or belongs to another workspace', async () => {
    const [actor, other] = [await anActor('manager'), await anActor('manager')]
    const connectorId = await aConnectorLike(actor)
    for (const [asking, input] of [
      [actor, { ...shopify, method: 'nowhere', connectorId }],
      [actor, { ...shopify, preset: 'nowhere', connectorId }],
      [other, { ...shopify, connectorId }],
    ] as const) {
      expect(await addPresetMethod(asking, input)).toMatchObject({ ok: false, error: { code: 'not_found' } })
    }
    expect(
      await addPresetMethod(await anActor('read_only', actor.workspaceId), { ...shopify, connectorId }),
    ).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
    expect(await workspaceDb(actor.workspaceId).authenticationMethod.count()).toBe(0)
  })
})
