import { beforeEach, describe, expect, test } from 'vitest'
import { listFilterChoices } from '@/lib/activity/list-filter-choices'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { readConnectorFilter } from '@/lib/connectors/schema'
import type { PersonActor } from '@/lib/domain/access/actor'
import { listInstanceOptions } from '@/lib/flows/list-instance-options'
import { listReplacements } from '@/lib/flows/list-replacements'
import { systemDb } from '@/lib/platform/db/client'
import { listFound } from '@/lib/search/list-found'
import { listTrialInstances } from '@/lib/trials/list-trial-instances'
import { acmeConnector, acmeInstance, acmeMethod, type Acme, type AcmeMethod } from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { createInput, created, plainDetails, save, shown } from '@/tests/support/instance-inputs'
import { createInstanceSchema } from '@/lib/instances/schema'

/** An instance can have an external ID, unique in its connector, and labels; both are searched with its name. */

await testDatabase()

let actor: PersonActor
let acme: Acme
let method: AcmeMethod

beforeEach(async () => {
  actor = await anActor('manager')
  acme = await acmeConnector(actor.workspaceId, 'https://api.acme.test')
  method = await acmeMethod(acme, 'none', { testUrl: null })
})

const withDetails = (details: Record<string, unknown>) => ({ details: details as Partial<typeof plainDetails> })
const add = (name: string, details: Record<string, unknown> = {}) =>
  created(actor, acme, method, {}, { name, withoutVerifying: true, ...withDetails(details) })
const change = (id: string, details: Record<string, unknown>) => save(actor, id, method, {}, withDetails(details))
const detailsOf = async (id: string) => (await shown(actor, id)).details
const history = async (id: string) => {
  const rows = await systemDb().auditLog.findMany({
    where: { workspaceId: actor.workspaceId, objectId: id },
    orderBy: { at: 'asc' },
  })
  return rows.flatMap(({ changes }) => (changes as { fields: unknown[] }).fields)
}

test('are typed as text, stored, shown and in the history', async () => {
  const id = await add('Acme UK', { externalId: ' CUST-42 ', labels: 'EU, Priority , eu,' })
  expect(await detailsOf(id)).toMatchObject({ externalId: 'CUST-42', labels: ['eu', 'Priority'] })
  valueOf(await change(id, { externalId: 'CUST-43', labels: 'Priority' }))
  expect(await detailsOf(id)).toMatchObject({ externalId: 'CUST-43', labels: ['Priority'] })
  expect(await history(id)).toEqual(
    expect.arrayContaining([
      { field: 'externalId', to: 'CUST-42' },
      { field: 'externalId', from: 'CUST-42', to: 'CUST-43' },
      { field: 'labels', from: 'eu, Priority', to: 'Priority' },
    ]),
  )
})

test('are shown in Manage connectors', async () => {
  await add('Acme UK', { externalId: 'CUST-42', labels: 'EU' })
  const { items } = valueOf(await listConnectors(actor, readConnectorFilter({})))
  expect(items[0]!.instances).toMatchObject([{ externalId: 'CUST-42', labels: ['EU'] }])
})

describe('an external ID', () => {
  test('is unique in its connector, and the refusal names the field', async () => {
    await add('One', { externalId: 'CUST-42' })
    const two = await add('Two')
    expect(await change(two, { externalId: 'CUST-42' })).toMatchObject({
      ok: false,
      error: { code: 'name_taken', field: 'externalId' },
    })
    const other = await acmeConnector(actor.workspaceId, 'https://api.acme.test')
    const elsewhere = await acmeInstance(other, await acmeMethod(other, 'none', { testUrl: null }), {})
    expect(await change(elsewhere.id, { externalId: 'CUST-42' })).toMatchObject({ ok: true })
  })

  test('may be missing on any number of instances', async () => {
    await add('One')
    expect(await detailsOf(await add('Two', { externalId: '' }))).toMatchObject({ externalId: '', labels: [] })
  })
})

describe('these are refused:', () => {
  const read = (details: Record<string, unknown>) =>
    createInstanceSchema.safeParse(createInput(acme, method, {}, withDetails(details))).success

  test('an external ID of more than 200 characters', () => {
    expect(read({ externalId: 'x'.repeat(200) })).toBe(true)
    expect(read({ externalId: 'x'.repeat(201) })).toBe(false)
  })

  test('more than 20 labels, and a label of more than 40 characters', () => {
    const labels = (count: number) => Array.from({ length: count }, (_, index) => `label ${index}`)
    expect(read({ labels: labels(20) })).toBe(true)
    expect(read({ labels: labels(21) })).toBe(false)
    expect(read({ labels: ['x'.repeat(40)] })).toBe(true)
    expect(read({ labels: ['x'.repeat(41)] })).toBe(false)
  })
})

test('find the instance in every search of instances, ignoring case', async () => {
  await add('Alpha', { externalId: 'CUST-42' })
  await add('Beta', { labels: 'Priority customers' })
  await add('Gamma')
  const methodSubject = { kind: 'method' as const, methodId: method.id }
  const gamma = await systemDb().instance.findFirstOrThrow({ where: { workspaceId: actor.workspaceId, name: 'Gamma' } })
  const searches: ((text: string) => Promise<string[]>)[] = [
    async (q) =>
      valueOf(await listConnectors(actor, readConnectorFilter({ q }))).items.flatMap(({ instances }) =>
        instances.map(({ name }) => name),
      ),
    async (text) => valueOf(await listFound(actor, { text })).map(({ name }) => name),
    async (search) => valueOf(await listInstanceOptions(actor, { search })).map(({ name }) => name),
    async (search) =>
      valueOf(await listTrialInstances(actor, { subject: methodSubject, search })).map(({ name }) => name),
    async (search) => valueOf(await listReplacements(actor, { instanceId: gamma.id, search })).map(({ name }) => name),
    async (search) => valueOf(await listFilterChoices(actor, { kind: 'instance', search })).map(({ label }) => label),
  ]
  for (const find of searches) {
    expect(await find('cust-42')).toEqual(['Alpha'])
    expect(await find('priority CUST')).toEqual(['Beta'])
  }
})
