import { beforeEach, describe, expect, test } from 'vitest'
import { countFailingInstances } from '@/lib/connectors/count-failing-instances'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { readConnectorFilter } from '@/lib/connectors/schema'
import type { PersonActor } from '@/lib/domain/access/actor'
import { getFlow } from '@/lib/flows/get-flow'
import { listFlows } from '@/lib/flows/list-flows'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { listFound } from '@/lib/search/list-found'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { aConnector, aFlowUsing, aMethod, anEndpoint, anInstance } from '@/tests/support/endpoint-builders'
import { valueOf } from '@/tests/support/definition-builders'

/** Failing instances come first in their connector and are counted, and a flow is ready only if its instances are (PRODUCT §11). */

const { sql } = await testDatabase()

let actor: PersonActor
beforeEach(async () => {
  actor = await anActor('read_only')
})

type Status = Parameters<typeof anInstance>[3]
const two = (number: number) => String(number).padStart(3, '0')

async function aConnectorWith(name: string, statuses: Status[]) {
  const place = await aConnector(actor.workspaceId, name)
  const method = await aMethod(place, 'basic auth')
  const instances = []
  for (const [index, status] of statuses.entries())
    instances.push(await anInstance(place, method.id, `${name} ${two(index)}`, status))
  return { place, method, instances }
}

describe('Manage connectors', () => {
  const page = async () => valueOf(await listConnectors(actor, readConnectorFilter({})))

  test('shows the failing instances of a connector before the others, although only five are shown', async () => {
    const statuses: Status[] = Array.from({ length: 12 }, (_, index) => (index > 9 ? 'failing' : 'connected'))
    await aConnectorWith('Acme', statuses)
    const { items } = await page()
    expect(items[0]!.instances.map(({ name }) => name)).toEqual([
      'Acme 010',
      'Acme 011',
      'Acme 000',
      'Acme 001',
      'Acme 002',
    ])
  })

  test('shows since when an instance is unreachable, independently of its status', async () => {
    const { instances } = await aConnectorWith('Acme', ['connected'])
    for (const secondsAgo of [300, 200, 100])
      await sql(
        `INSERT INTO "RequestLog" ("id", "at", "workspaceId", "correlationId", "purpose", "outcome", "instanceId", "httpMethod", "url", "status")
         VALUES ($1, now() - make_interval(secs => $2), $3, $1, 'endpoint', 'failed', $4, 'GET', 'https://api.acme.test/', 503)`,
        [newId(), secondsAgo, actor.workspaceId, instances[0]!.id],
      )
    const [line] = (await page()).items[0]!.instances
    expect(line).toMatchObject({ status: 'connected' })
    expect(Date.now() - Date.parse(line!.unreachableSince!)).toBeGreaterThan(290_000)
  })
})

test('the navigation counts failing instances of the workspace, whatever they need', async () => {
  await aConnectorWith('Acme', [
    'failing',
    'needs_authorising_again',
    'connected',
    'not_verified',
    'awaiting_authorisation',
  ])
  expect(valueOf(await countFailingInstances(actor, {}))).toBe(2)
  expect(valueOf(await countFailingInstances(await anActor('read_only'), {}))).toBe(0)
})

describe('the palette', () => {
  test('shows only failing instances without a text, and shows them first with one', async () => {
    await aConnectorWith('Acme', ['connected', 'failing'])
    expect(valueOf(await listFound(actor, { text: '' }))).toMatchObject([{ name: 'Acme 001', status: 'failing' }])
    const found = valueOf(await listFound(actor, { text: 'acme' }))
    expect(found.filter(({ kind }) => kind === 'instance')).toMatchObject([
      { name: 'Acme 001', status: 'failing' },
      { name: 'Acme 000', status: null },
    ])
    expect(valueOf(await listFound(await anActor('read_only'), { text: '' }))).toEqual([])
  })
})

describe('a flow', () => {
  async function aFlow(name: string, status: Status) {
    const { place, method, instances } = await aConnectorWith(`${name} connector`, [status])
    const endpoint = await anEndpoint(place, 'List orders')
    await systemDb().enablement.create({
      data: { ...place, endpointId: endpoint.id, methodId: method.id },
    })
    await aFlowUsing(place, { name, instanceId: instances[0]!.id, endpointId: endpoint.id, state: 'draft' })
    return { instance: instances[0]!, endpoint }
  }
  const flows = async () => valueOf(await listFlows(actor, { q: '', sort: 'name', after: '' })).items

  test('is ready only if its instances are, and names the instance to fix', async () => {
    await aFlow('A calm one', 'connected')
    await aFlow('B failing', 'failing')
    await aFlow('C dead', 'needs_authorising_again')
    expect(await flows()).toMatchObject([
      { name: 'A calm one', shapesNeedingAttention: 0, stopped: [] },
      {
        name: 'B failing',
        shapesNeedingAttention: 1,
        stopped: [{ name: 'B failing connector 000', status: 'failing' }],
      },
      { name: 'C dead', shapesNeedingAttention: 1, stopped: [{ status: 'needs_authorising_again' }] },
    ])
  })

  test('shows at the shape that a scope or permission is missing, until one of its requests is not refused with 403', async () => {
    const { instance, endpoint } = await aFlow('Orders', 'connected')
    const [flow] = await flows()
    const shape = async () => valueOf(await getFlow(actor, { flowId: flow!.id })).shapes[0]!
    const { id: shapeId } = await shape()
    const request = (status: number, endpointId: string, secondsAgo: number) =>
      sql(
        `INSERT INTO "RequestLog" ("id", "at", "workspaceId", "correlationId", "purpose", "outcome", "instanceId", "endpointId", "shapeId", "httpMethod", "url", "status")
         VALUES ($1, now() - make_interval(secs => $2), $3, $1, 'endpoint', 'refused', $4, $5, $6, 'GET', 'https://api.acme.test/', $7)`,
        [newId(), secondsAgo, actor.workspaceId, instance.id, endpointId, shapeId, status],
      )
    await request(403, newId(), 300)
    expect((await shape()).state).toBe('ready')
    await request(403, endpoint.id, 200)
    expect((await shape()).state).toBe('missing_permission')
    expect(await flows()).toMatchObject([{ shapesNeedingAttention: 1, stopped: [] }])
    await request(404, endpoint.id, 100)
    expect((await shape()).state).toBe('ready')
  })
})
