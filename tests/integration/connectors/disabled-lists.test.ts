import { beforeEach, describe, expect, test } from 'vitest'
import { countFailingInstances } from '@/lib/connectors/count-failing-instances'
import { disableConnector } from '@/lib/connectors/disable-connector'
import { enableConnector } from '@/lib/connectors/enable-connector'
import { getConnector } from '@/lib/connectors/get-connector'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { readConnectorFilter } from '@/lib/connectors/schema'
import type { PersonActor } from '@/lib/domain/access/actor'
import { getFlow } from '@/lib/flows/get-flow'
import { getShapeSettings } from '@/lib/flows/get-shape-settings'
import { listFlows } from '@/lib/flows/list-flows'
import { listInstanceOptions } from '@/lib/flows/list-instance-options'
import { disableInstance } from '@/lib/instances/disable-instance'
import { enableInstance } from '@/lib/instances/enable-instance'
import { getInstance } from '@/lib/instances/get-instance'
import { systemDb } from '@/lib/platform/db/client'
import { listFound } from '@/lib/search/list-found'
import { listTrialInstances } from '@/lib/trials/list-trial-instances'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import {
  aConnector,
  aFlowUsing,
  aMethod,
  anEnablement,
  anEndpoint,
  anInstance,
} from '@/tests/support/endpoint-builders'

/** Every list and page shows *Disabled* as a state of its own: a disabled instance does not count as failing. */

await testDatabase()

let actor: PersonActor
let owner: { workspaceId: string; connectorId: string }
let instance: { id: string; name: string }
let endpoint: { id: string; name: string }
let flow: { flowId: string; shapeId: string }

beforeEach(async () => {
  actor = await anActor('manager')
  owner = await aConnector(actor.workspaceId, 'Acme')
  const method = await aMethod(owner, 'basic auth')
  endpoint = await anEndpoint(owner, 'List orders')
  await anEnablement(owner, endpoint.id, method.id)
  instance = await anInstance(owner, method.id, 'Acme UK', 'failing')
  flow = await aFlowUsing(owner, { name: 'Orders', instanceId: instance.id, endpointId: endpoint.id })
})

const switches: [string, { off: () => Promise<unknown>; on: () => Promise<unknown> }][] = [
  [
    'the instance',
    {
      off: async () => valueOf(await disableInstance(actor, { instanceId: instance.id, confirmed: true })),
      on: async () => valueOf(await enableInstance(actor, { instanceId: instance.id })),
    },
  ],
  [
    'the connector',
    {
      off: async () => valueOf(await disableConnector(actor, { connectorId: owner.connectorId, confirmed: true })),
      on: async () => valueOf(await enableConnector(actor, { connectorId: owner.connectorId })),
    },
  ],
]

const rank = async () =>
  (await systemDb().connectorRank.findFirstOrThrow({ where: { workspaceId: actor.workspaceId } })).failing
const flowIsFailing = async () =>
  (await systemDb().flow.findFirstOrThrow({ where: { workspaceId: actor.workspaceId } })).failing
const listed = async (search: Record<string, string> = {}) => {
  const page = valueOf(await listConnectors(actor, readConnectorFilter(search)))
  return page.items.flatMap(({ instances }) => instances.map(({ name, status }) => ({ name, status })))
}

describe.each(switches)('with %s disabled', (_what, { off, on }) => {
  beforeEach(async () => void (await off()))

  test('the instance is not counted, ranked or found as failing until it is enabled again', async () => {
    expect(valueOf(await countFailingInstances(actor, {}))).toBe(0)
    expect(await rank()).toBe(false)
    expect(await flowIsFailing()).toBe(false)
    expect(valueOf(await listFound(actor, { text: '' }))).toEqual([])
    await on()
    expect(valueOf(await countFailingInstances(actor, {}))).toBe(1)
    expect(await rank()).toBe(true)
    expect(await flowIsFailing()).toBe(true)
    expect(valueOf(await listFound(actor, { text: '' }))).toMatchObject([{ name: 'Acme UK', status: 'failing' }])
  })

  test('Manage connectors and the palette show it as disabled, and the list can be filtered by it', async () => {
    const shown = [{ name: 'Acme UK', status: 'disabled' }]
    expect(await listed()).toEqual(shown)
    expect(await listed({ status: 'disabled' })).toEqual(shown)
    expect(await listed({ status: 'failing' })).toEqual([])
    expect(valueOf(await listFound(actor, { text: 'uk' }))).toMatchObject(shown)
  })

  test('the instance page shows it with who and when', async () => {
    const { health, disabled } = valueOf(await getInstance(actor, { instanceId: instance.id }))
    expect(health.status).toBe('disabled')
    expect(disabled).toMatchObject([{ by: actor.label }])
    expect(Date.parse(health.statusSince)).toBe(Date.parse(disabled[0]!.at))
  })

  test('the flow is not ready, and its shape and the pickers say why', async () => {
    const [summary] = valueOf(await listFlows(actor, { q: '', sort: 'name', after: '' })).items
    expect(summary).toMatchObject({
      shapesNeedingAttention: 1,
      stopped: [{ name: 'Acme UK', status: 'disabled' }],
    })
    const { shapes } = valueOf(await getFlow(actor, { flowId: flow.flowId }))
    expect(shapes).toMatchObject([{ state: 'instance_disabled', instance: { status: 'disabled' } }])
    expect(valueOf(await getShapeSettings(actor, flow)).instance).toMatchObject({ status: 'disabled' })
    expect(valueOf(await listInstanceOptions(actor, { search: '' }))).toMatchObject([{ status: 'disabled' }])
    const subject = { kind: 'endpoint' as const, endpointId: endpoint.id }
    expect(valueOf(await listTrialInstances(actor, { subject, search: '' }))).toMatchObject([{ status: 'disabled' }])
  })
})

test('an instance that begins to fail while it is disabled is not counted', async () => {
  await switches[1]![1].off()
  await systemDb().instance.updateMany({ where: { id: instance.id }, data: { status: 'connected' } })
  await systemDb().instance.updateMany({ where: { id: instance.id }, data: { status: 'failing' } })
  expect(await rank()).toBe(false)
  expect(await flowIsFailing()).toBe(false)
})

test('the page of a disabled connector says who disabled it, and its card shows it', async () => {
  await switches[1]![1].off()
  expect(valueOf(await getConnector(actor, { connectorId: owner.connectorId })).disabled).toMatchObject({
    by: actor.label,
  })
  expect(valueOf(await listConnectors(actor, readConnectorFilter({}))).items).toMatchObject([{ disabled: true }])
})
