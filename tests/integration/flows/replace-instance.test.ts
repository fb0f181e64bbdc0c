import { beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { listReplacements } from '@/lib/flows/list-replacements'
import { previewReplacement } from '@/lib/flows/preview-replacement'
import { replaceInstance } from '@/lib/flows/replace-instance'
import { confirmedFlows } from '@/lib/flows/confirmed-flows'
import { shapesPerReplacement } from '@/lib/flows/replacement-views'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
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

/** *Replace this instance in flows*: a preview of each shape, then all of them in one transaction. */

await testDatabase()

let actor: PersonActor
let owner: { workspaceId: string; connectorId: string }
let orders: { id: string; name: string }
let items: { id: string; name: string }
let old: { id: string; name: string }
let next: { id: string; name: string }
let token: { id: string }
let ordersFlow: { flowId: string; shapeId: string }
let itemsFlow: { flowId: string; shapeId: string }

beforeEach(async () => {
  actor = await anActor('manager')
  owner = await aConnector(actor.workspaceId, 'Acme')
  const basic = await aMethod(owner, 'basic auth')
  token = await aMethod(owner, 'API token')
  orders = await anEndpoint(owner, 'List orders')
  items = await anEndpoint(owner, 'List items')
  await anEnablement(owner, orders.id, basic.id)
  await anEnablement(owner, items.id, basic.id)
  await anEnablement(owner, orders.id, token.id)
  old = await anInstance(owner, basic.id, 'Acme UK')
  next = await anInstance(owner, token.id, 'Acme DE')
  ordersFlow = await aFlowUsing(owner, { name: 'A orders', instanceId: old.id, endpointId: orders.id })
  itemsFlow = await aFlowUsing(owner, { name: 'B items', instanceId: old.id, endpointId: items.id })
})

const pair = () => ({ instanceId: old.id, newInstanceId: next.id })
const preview = async () => valueOf(await previewReplacement(actor, pair()))
const shape = (id: string) =>
  systemDb().shape.findFirstOrThrow({ where: { id }, select: { instanceId: true, endpointId: true } })
const audited = async () =>
  (await systemDb().auditLog.findMany({ where: { workspaceId: actor.workspaceId }, orderBy: { id: 'asc' } })).map(
    ({ action, objectId, changes }) => ({ action, objectId, changes }),
  )

test('the preview says of each shape whether it keeps its endpoint, and why not, and changes nothing', async () => {
  expect(await preview()).toMatchObject({
    flows: [
      { name: 'A orders', shapes: [{ endpointName: 'List orders', effect: 'keeps_endpoint', why: '' }] },
      {
        name: 'B items',
        shapes: [
          {
            effect: 'loses_endpoint',
            why: 'It loses its endpoint: “List items” does not accept API token, the authentication method of “Acme DE”.',
          },
        ],
      },
    ],
    more: 0,
  })
  expect(await shape(ordersFlow.shapeId)).toEqual({ instanceId: old.id, endpointId: orders.id })
  expect(await audited()).toEqual([])
})

test('replaces it in every shape, and each has its line in the history', async () => {
  const flows = confirmedFlows(await preview())
  expect(await replaceInstance(actor, { ...pair(), flows })).toEqual({ ok: true, value: { shapes: 2, flows: 2 } })
  expect(await shape(ordersFlow.shapeId)).toEqual({ instanceId: next.id, endpointId: orders.id })
  expect(await shape(itemsFlow.shapeId)).toEqual({ instanceId: next.id, endpointId: null })
  const rows = await audited()
  const from = { field: 'instance', from: 'Acme UK', to: 'Acme DE' }
  expect(rows.find(({ objectId }) => objectId === ordersFlow.shapeId)).toMatchObject({
    action: 'replace_instance',
    changes: { fields: [{ field: 'flow', to: 'A orders' }, from] },
  })
  expect(rows.find(({ objectId }) => objectId === itemsFlow.shapeId)).toMatchObject({
    changes: { fields: [{ field: 'flow' }, from, { field: 'endpoint', from: 'List items' }] },
  })
  expect(await preview()).toEqual({ flows: [], more: 0 })
})

test('changes whole flows with at most a hundred shapes together, and counts the flows after them', async () => {
  const { flowVersionId } = await systemDb().shape.findFirstOrThrow({ where: { id: ordersFlow.shapeId } })
  let parentId = ordersFlow.shapeId
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const follows = parentId
      const id = (parentId = newId())
      const uses = { instanceId: old.id, endpointId: orders.id }
      return { id, ...owner, flowVersionId, parentId: follows, name: `Shape ${index}`, ...uses }
    })
  await systemDb().shape.createMany({ data: rows(shapesPerReplacement - 2) })
  const both = await preview()
  expect(both).toMatchObject({ flows: [{ name: 'A orders' }, { name: 'B items' }], more: 0 })
  await systemDb().shape.createMany({ data: rows(1) })
  expect(await replaceInstance(actor, { ...pair(), flows: confirmedFlows(both) })).toMatchObject({
    error: { code: 'invalid_input' },
  })
  await systemDb().shape.createMany({ data: rows(1) })
  const first = await preview()
  expect(first).toMatchObject({ flows: [{ name: 'A orders' }], more: 1 })
  // Refused for another reason than its size: a single flow may have more shapes.
  await systemDb().enablement.deleteMany({ where: { endpointId: orders.id, methodId: token.id } })
  expect(await replaceInstance(actor, { ...pair(), flows: confirmedFlows(first) })).toMatchObject({
    error: { code: 'changed_by_someone_else' },
  })
})

test('leaves shapes of deployed and earlier versions, and shapes that use other instances', async () => {
  const deployed = await aFlowUsing(owner, {
    ...{ name: 'Deployed', instanceId: old.id, endpointId: orders.id },
    state: 'deployed',
  })
  const other = await anInstance(owner, (await aMethod(owner, 'other')).id, 'Acme FR')
  const using = await aFlowUsing(owner, { name: 'Other', instanceId: other.id, endpointId: orders.id })
  const flows = confirmedFlows(await preview())
  expect(flows).toHaveLength(2)
  valueOf(await replaceInstance(actor, { ...pair(), flows }))
  expect(await shape(deployed.shapeId)).toMatchObject({ instanceId: old.id })
  expect(await shape(using.shapeId)).toMatchObject({ instanceId: other.id })
})

describe('values of a shape', () => {
  beforeEach(async () => {
    for (const [key, secret] of [
      ['page', false],
      ['pin', true],
    ] as const) {
      const variable = await systemDb().variable.create({
        data: { ...owner, endpointId: orders.id, level: 'endpoint', key, displayName: key.toUpperCase(), secret },
      })
      await systemDb().shapeValue.create({
        data: {
          ...{ ...owner, shapeId: ordersFlow.shapeId, variableId: variable.id },
          ...(secret ? { sealedValue: 'v1.x.y.z' } : { value: '2' }),
        },
      })
    }
  })
  const kept = async () => {
    const rows = await systemDb().shapeValue.findMany({
      where: { shapeId: ordersFlow.shapeId },
      select: { variable: { select: { key: true } } },
    })
    return rows.map(({ variable }) => variable?.key).sort()
  }

  test('stay if the endpoint always calls the same host', async () => {
    valueOf(await replaceInstance(actor, { ...pair(), flows: confirmedFlows(await preview()) }))
    expect(await kept()).toEqual(['page', 'pin'])
  })

  const hostDepends = () =>
    systemDb().connector.updateMany({
      where: { id: owner.connectorId },
      data: { baseUrl: 'https://{{account}}.acme.test' },
    })

  test('that are secret stay if the host only depends on the instance since the preview', async () => {
    const flows = confirmedFlows(await preview())
    await hostDepends()
    const refused = { ok: false, error: { code: 'changed_by_someone_else' } }
    expect(await replaceInstance(actor, { ...pair(), flows })).toMatchObject(refused)
    expect(await kept()).toEqual(['page', 'pin'])
    const losingSecrets = confirmedFlows(await preview())
    await systemDb().enablement.deleteMany({ where: { endpointId: orders.id, methodId: token.id } })
    expect(await replaceInstance(actor, { ...pair(), flows: losingSecrets })).toMatchObject(refused)
  })

  test('that are secret are not sent to a host that depends on the instance', async () => {
    await hostDepends()
    const before = await preview()
    expect(before.flows[0]!.shapes).toMatchObject([
      { effect: 'loses_secrets', why: 'Enter PIN again afterwards: “Acme DE” may call another host.' },
    ])
    valueOf(await replaceInstance(actor, { ...pair(), flows: confirmedFlows(before) }))
    expect(await kept()).toEqual(['page'])
    expect(await shape(ordersFlow.shapeId)).toEqual({ instanceId: next.id, endpointId: orders.id })
  })
})

describe('is refused', () => {
  test('as a whole when somebody has changed one of the flows since the preview', async () => {
    const flows = confirmedFlows(await preview())
    await systemDb().flowVersion.updateMany({
      where: { flowId: itemsFlow.flowId },
      data: { revision: { increment: 1 } },
    })
    expect(await replaceInstance(actor, { ...pair(), flows })).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else' },
    })
    expect(await shape(ordersFlow.shapeId)).toMatchObject({ instanceId: old.id })
    expect(await audited()).toEqual([])
  })

  test('when a shape would lose its endpoint, although it kept it in the preview', async () => {
    const flows = confirmedFlows(await preview())
    await systemDb().enablement.deleteMany({ where: { endpointId: orders.id, methodId: token.id } })
    expect(await replaceInstance(actor, { ...pair(), flows })).toEqual({
      ok: false,
      error: {
        code: 'changed_by_someone_else',
        message: 'What happens to these shapes has changed since the preview. Look at it again.',
      },
    })
    expect(await shape(ordersFlow.shapeId)).toEqual({ instanceId: old.id, endpointId: orders.id })
    expect(await shape(itemsFlow.shapeId)).toEqual({ instanceId: old.id, endpointId: items.id })
    expect(await audited()).toEqual([])
    const again = confirmedFlows(await preview())
    expect(await replaceInstance(actor, { ...pair(), flows: again })).toMatchObject({ ok: true })
  })

  test('with an instance of another connector, of another workspace, or that awaits its authorisation', async () => {
    const flows = confirmedFlows(await preview())
    const other = await aConnector(actor.workspaceId)
    const elsewhere = await anInstance(other, (await aMethod(other, 'basic auth')).id)
    const stranger = await anActor('manager')
    const foreign = await aConnector(stranger.workspaceId)
    const theirs = await anInstance(foreign, (await aMethod(foreign, 'basic auth')).id)
    const waiting = await anInstance(owner, (await aMethod(owner, 'OAuth 2')).id, 'New', 'awaiting_authorisation')
    for (const [newInstanceId, code] of [
      [elsewhere.id, 'invalid_input'],
      [theirs.id, 'not_found'],
      [waiting.id, 'endpoint_not_available'],
      [old.id, 'invalid_input'],
    ] as const) {
      const input = { instanceId: old.id, newInstanceId }
      expect(await previewReplacement(actor, input)).toMatchObject({ ok: false, error: { code } })
      expect(await replaceInstance(actor, { ...input, flows })).toMatchObject({ ok: false, error: { code } })
    }
    expect(await replaceInstance(stranger, { ...pair(), flows })).toMatchObject({ error: { code: 'not_found' } })
    expect(await shape(ordersFlow.shapeId)).toMatchObject({ instanceId: old.id })
  })

  test('below the role manager', async () => {
    const user = await anActor('user', actor.workspaceId)
    const flows = confirmedFlows(await preview())
    expect(await replaceInstance(user, { ...pair(), flows })).toMatchObject({ error: { code: 'not_allowed' } })
  })
})

test('the other authorised instances of the connector can be chosen', async () => {
  await anInstance(owner, (await aMethod(owner, 'OAuth 2')).id, 'Acme new', 'awaiting_authorisation')
  const choices = async (search: string) =>
    valueOf(await listReplacements(actor, { instanceId: old.id, search })).map(({ name }) => name)
  expect(await choices('')).toEqual(['Acme DE'])
  expect(await choices('zzz')).toEqual([])
})
