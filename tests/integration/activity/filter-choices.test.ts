import { beforeAll, describe, expect, it } from 'vitest'
import { getFilterNames } from '@/lib/activity/get-filter-names'
import { listFilterChoices } from '@/lib/activity/list-filter-choices'
import type { FilterKind } from '@/lib/activity/views'
import type { PersonActor } from '@/lib/domain/access/actor'
import { createFlow } from '@/lib/flows/create-flow'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { anApiKey } from '@/tests/support/api-key-builders'
import { anActor } from '@/tests/support/builders'
import { valueOf } from '@/tests/support/definition-builders'
import { testDatabase } from '@/tests/support/database'
import { aConnector, aMethod, anEndpoint, anInstance } from '@/tests/support/endpoint-builders'

let actor: PersonActor
let connectorId: string

beforeAll(async () => {
  await testDatabase()
  actor = await anActor('administrator', undefined, 'Dana Field')
  const acme = await aConnector(actor.workspaceId, 'Acme Commerce')
  const other = await aConnector(actor.workspaceId, 'Other')
  connectorId = acme.connectorId
  for (const owner of [acme, other]) {
    const method = await aMethod(owner, 'basic auth')
    await anInstance(owner, method.id, `Shop of ${owner === acme ? 'Acme' : 'another'}`)
    await anEndpoint(owner, 'List orders')
  }
  await createFlow(actor, { name: 'Nightly orders', description: '' })
})

async function choices(kind: FilterKind, search = '', connector?: string) {
  const found = await listFilterChoices(actor, { kind, search, ...(connector && { connectorId: connector }) })
  if (!found.ok) throw new Error(found.error.message)
  return found.value
}

const labels = (found: { label: string; detail: string }[]) => found.map(({ label, detail }) => `${label} | ${detail}`)

describe('the choices of a filter', () => {
  it('are the names in the workspace, with what distinguishes them', async () => {
    expect(labels(await choices('connector'))).toEqual(['Acme Commerce | ', 'Other | '])
    expect(labels(await choices('instance'))).toEqual(['Shop of Acme | Acme Commerce', 'Shop of another | Other'])
    expect(labels(await choices('endpoint'))).toEqual(
      expect.arrayContaining(['List orders | GET · Acme Commerce', 'List orders | GET · Other']),
    )
    expect(labels(await choices('flow'))).toEqual(['Nightly orders | '])
    expect((await choices('person')).map(({ label }) => label)).toEqual(['Dana Field'])
  })

  it('of people contain the API keys too, recognised by their first characters', async () => {
    const { key, keyId } = await anApiKey(actor, { name: 'Nightly export' })
    const choice = { id: `key:${keyId}`, label: 'Nightly export', detail: `API key ${key.slice(0, 9)}…` }
    expect((await choices('person')).at(-1)).toEqual(choice)
    expect(await choices('person', 'NIGHTLY')).toEqual([choice])
    expect(valueOf(await getFilterNames(actor, { key: keyId })).key).toMatchObject({ label: 'Nightly export' })
    expect(valueOf(await getFilterNames(await anActor(), { key: keyId })).key).toBeNull()
    expect(valueOf(await listFilterChoices(await anActor(), { kind: 'person', search: 'nightly' }))).toEqual([])
    await systemDb().apiKey.deleteMany({ where: { id: keyId } })
  })

  it('are searched ignoring case, and wildcards are taken literally', async () => {
    expect(labels(await choices('connector', 'ACME'))).toEqual(['Acme Commerce | '])
    expect(labels(await choices('person', 'dana')).length).toBe(1)
    expect(await choices('connector', '%')).toEqual([])
    expect(await choices('person', '_')).toEqual([])
  })

  it('belong to the chosen connector', async () => {
    expect(labels(await choices('instance', '', connectorId))).toEqual(['Shop of Acme | Acme Commerce'])
    expect((await choices('endpoint', '', connectorId)).length).toBe(1)
    expect(await choices('instance', '', newId())).toEqual([])
  })

  it('are thirty at most', async () => {
    for (let index = 0; index < 31; index += 1) await createFlow(actor, { name: `Many ${index}`, description: '' })
    expect((await choices('flow', 'many')).length).toBe(30)
  })

  it('of another workspace are different', async () => {
    const foreigner = await anActor()
    for (const kind of ['connector', 'instance', 'endpoint', 'flow'] as const)
      expect(await listFilterChoices(foreigner, { kind, search: '' })).toEqual({ ok: true, value: [] })
  })
})

describe('the names of what is chosen', () => {
  it('are read by id, and are missing for objects that were deleted or belong to another workspace', async () => {
    const [instance] = await choices('instance', 'acme')
    const chosen = { connector: connectorId, instance: instance!.id, flow: newId(), person: actor.userId }
    const names = await getFilterNames(actor, chosen)
    expect(names).toMatchObject({
      ok: true,
      value: {
        connector: { label: 'Acme Commerce' },
        instance: { label: 'Shop of Acme' },
        endpoint: null,
        flow: null,
        person: { label: 'Dana Field' },
      },
    })
    const none = { connector: null, instance: null, endpoint: null, flow: null, person: null, key: null }
    expect(await getFilterNames(await anActor(), chosen)).toEqual({ ok: true, value: none })
  })
})
