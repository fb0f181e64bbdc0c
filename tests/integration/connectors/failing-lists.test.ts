import { beforeEach, describe, expect, test } from 'vitest'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { readConnectorFilter } from '@/lib/connectors/schema'
import { updateConnector } from '@/lib/connectors/update-connector'
import type { PersonActor } from '@/lib/domain/access/actor'
import { addShape } from '@/lib/flows/add-shape'
import { createFlow } from '@/lib/flows/create-flow'
import { listFlows } from '@/lib/flows/list-flows'
import { removeShape } from '@/lib/flows/remove-shape'
import { saveShape } from '@/lib/flows/save-shape'
import { updateFlow } from '@/lib/flows/update-flow'
import { connected, writeHealth } from '@/lib/health/write-health'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { createVariable } from '@/lib/variables/create-variable'
import { updateVariable } from '@/lib/variables/update-variable'
import { anActor } from '@/tests/support/builders'
import { connectorDetails } from '@/tests/support/connector-builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { aConnector, aFlowUsing, aMethod, anEndpoint, anInstance } from '@/tests/support/endpoint-builders'
import { aVariableInput } from '@/tests/support/variable-builders'

/** What fails comes first in *Manage connectors* and *Flows*, over the whole list (PRODUCT §11). */

await testDatabase()

let actor: PersonActor
beforeEach(async () => {
  actor = await anActor('manager')
})

type Owner = Awaited<ReturnType<typeof aConnector>>

const setStatus = (instanceId: string, failing: boolean) => {
  const { workspaceId } = actor
  const health = failing ? { status: 'failing' as const, reason: 'rejected', cause: 'endpoint' as const } : connected
  return writeHealth(workspaceDb(workspaceId), { workspaceId, instanceId }, health)
}

async function connectorPages(search: Record<string, string> = {}): Promise<string[][]> {
  const pages: string[][] = []
  let after = ''
  do {
    const { items, nextCursor } = valueOf(await listConnectors(actor, { ...readConnectorFilter(search), after }))
    pages.push(items.map(({ name }) => name))
    after = nextCursor ?? ''
  } while (after !== '')
  return pages
}

const connectorNames = async (search?: Record<string, string>) => (await connectorPages(search)).flat()
const flowNames = async (sort = 'failing') =>
  valueOf(await listFlows(actor, { q: '', sort, after: '' })).items.map(({ name }) => name)

const isRankedFailing = async (connectorId: string) =>
  (await systemDb().connectorRank.findUniqueOrThrow({ where: { id: connectorId } })).failing

/** A connector with an instance; both are called the same. */
async function aConnectorWithInstance(name: string) {
  const owner = await aConnector(actor.workspaceId, name)
  const method = await aMethod(owner, 'basic auth')
  const instance = await anInstance(owner, method.id, name, 'connected')
  return { owner, method, instance }
}

async function aFlow(name: string, owner: Owner, methodId: string, instanceId: string) {
  const endpoint = await anEndpoint(owner, `${name} endpoint`)
  await systemDb().enablement.create({ data: { ...owner, endpointId: endpoint.id, methodId } })
  await aFlowUsing(owner, { name, instanceId, endpointId: endpoint.id, state: 'draft' })
  return endpoint
}

describe('Manage connectors', () => {
  test('begins with failing ones, whatever their names, and the pages continue after them', async () => {
    for (let index = 0; index < 60; index += 1)
      await aConnector(actor.workspaceId, `Shop ${String(index).padStart(2, '0')}`)
    const [zebra, zoo] = [await aConnectorWithInstance('Zebra'), await aConnectorWithInstance('Zoo')]
    await setStatus(zebra.instance.id, true)
    await setStatus(zoo.instance.id, true)
    const pages = await connectorPages()
    expect(pages[0]!.slice(0, 3)).toEqual(['Zebra', 'Zoo', 'Shop 00'])
    expect(pages.map(({ length }) => length)).toEqual([50, 12])
    expect(new Set(pages.flat()).size).toBe(62)
  })

  test('does not change another order that a person chose', async () => {
    await aConnector(actor.workspaceId, 'Acme')
    const { instance } = await aConnectorWithInstance('Zebra')
    await setStatus(instance.id, true)
    expect(await connectorNames({ sort: 'name' })).toEqual(['Acme', 'Zebra'])
    expect(await connectorNames({ q: 'e' })).toEqual(['Zebra', 'Acme'])
  })

  test('is updated with status, instances and names', async () => {
    await aConnector(actor.workspaceId, 'Middle')
    const { owner, method, instance } = await aConnectorWithInstance('Zebra')
    await setStatus(instance.id, true)
    expect(await connectorNames()).toEqual(['Zebra', 'Middle'])
    const second = await anInstance(owner, method.id, 'Second', 'needs_authorising_again')
    await setStatus(instance.id, false)
    expect(await connectorNames()).toEqual(['Zebra', 'Middle'])
    await systemDb().instance.deleteMany({ where: { id: second.id } })
    expect(await connectorNames()).toEqual(['Middle', 'Zebra'])
    const { revision } = await systemDb().connector.findUniqueOrThrow({ where: { id: owner.connectorId } })
    valueOf(
      await updateConnector(actor, {
        ...connectorDetails({ name: 'Antelope' }),
        connectorId: owner.connectorId,
        revision,
      }),
    )
    expect(await connectorNames()).toEqual(['Antelope', 'Middle'])
  })

  test('is limited to one workspace', async () => {
    const { instance } = await aConnectorWithInstance('Zebra')
    await setStatus(instance.id, true)
    actor = await anActor('manager')
    expect(await connectorNames()).toEqual([])
  })
})

describe('Flows', () => {
  test('begin with those that use a failing instance, and are updated with it', async () => {
    const { owner, method, instance } = await aConnectorWithInstance('Acme')
    const other = await anInstance(owner, method.id, 'Other', 'connected')
    await aFlow('A calm one', owner, method.id, other.id)
    await aFlow('Z failing', owner, method.id, instance.id)
    expect(await flowNames()).toEqual(['A calm one', 'Z failing'])
    await setStatus(instance.id, true)
    expect(await flowNames()).toEqual(['Z failing', 'A calm one'])
    expect(await flowNames('name')).toEqual(['A calm one', 'Z failing'])
    await setStatus(instance.id, false)
    expect(await flowNames()).toEqual(['A calm one', 'Z failing'])
  })

  test('are updated with the name of the flow, and ignore a version that is no longer the draft', async () => {
    const { owner, method, instance } = await aConnectorWithInstance('Acme')
    const other = await anInstance(owner, method.id, 'Other', 'connected')
    await aFlow('A calm one', owner, method.id, other.id)
    await aFlow('M calm too', owner, method.id, other.id)
    await aFlow('Z failing', owner, method.id, instance.id)
    await setStatus(instance.id, true)
    const calm = await systemDb().flow.findFirstOrThrow({
      where: { workspaceId: actor.workspaceId, name: 'A calm one' },
    })
    const { revision } = await systemDb().flowVersion.findFirstOrThrow({ where: { flowId: calm.id } })
    valueOf(await updateFlow(actor, { flowId: calm.id, name: 'Y calm', description: '', revision }))
    expect(await flowNames()).toEqual(['Z failing', 'M calm too', 'Y calm'])
    const failing = await systemDb().flow.findFirstOrThrow({
      where: { workspaceId: actor.workspaceId, name: 'Z failing' },
    })
    await systemDb().flowVersion.updateMany({ where: { flowId: failing.id }, data: { state: 'superseded' } })
    expect(await flowNames()).toEqual(['M calm too', 'Y calm', 'Z failing'])
  })

  test('are updated when a shape gets or loses the instance; a superseded version does not count', async () => {
    const { owner, method, instance } = await aConnectorWithInstance('Acme')
    const endpoint = await aFlow(
      'M ready',
      owner,
      method.id,
      (await anInstance(owner, method.id, 'Well', 'connected')).id,
    )
    await aFlowUsing(owner, { name: 'N old', instanceId: instance.id, endpointId: endpoint.id, state: 'superseded' })
    await setStatus(instance.id, true)
    const { id: flowId } = valueOf(await createFlow(actor, { name: 'Z new', description: '' }))
    const { id: shapeId } = valueOf(await addShape(actor, { flowId, revision: 1, name: 'Get', x: 0, y: 0 }))
    expect(await flowNames()).toEqual(['M ready', 'N old', 'Z new'])
    const choice = {
      flowId,
      shapeId,
      name: 'Get',
      endpointId: endpoint.id,
      timeoutSeconds: null,
      values: [],
      filters: [],
    }
    valueOf(await saveShape(actor, { ...choice, revision: 2, instanceId: instance.id }))
    expect(await flowNames()).toEqual(['Z new', 'M ready', 'N old'])
    valueOf(await removeShape(actor, { flowId, shapeId, revision: 3 }))
    expect(await flowNames()).toEqual(['M ready', 'N old', 'Z new'])
  })
})

describe('At the same time', () => {
  const many = Array.from({ length: 20 }, (_, index) => index)

  async function manyInstances() {
    const owner = await aConnector(actor.workspaceId, 'Busy')
    const method = await aMethod(owner, 'basic auth')
    const instances = []
    for (const index of many) instances.push(await anInstance(owner, method.id, `Shop ${index}`, 'connected'))
    return { owner, method, instances }
  }

  async function edits(connectorId: string): Promise<void> {
    const owner = { level: 'connector' as const, connectorId, ownerId: connectorId }
    for (let round = 0; round < 4; round += 1) {
      const revisionNow = async () =>
        (await systemDb().connector.findUniqueOrThrow({ where: { id: connectorId } })).revision
      const variable = aVariableInput({ key: `note_${round}`, displayName: `Note ${round}` })
      const made = valueOf(
        await createVariable(actor, { owner, revision: await revisionNow(), variable, confirmed: true }),
      )
      await systemDb().instanceValue.createMany({
        data: (await systemDb().instance.findMany({ where: { connectorId } })).map(
          ({ id: instanceId, workspaceId }) => ({
            ...{ workspaceId, connectorId, instanceId, variableId: made.variableId, value: 'plain' },
          }),
        ),
      })
      // Seals the values of all instances: the connector is locked before them.
      const secret = { ...variable, secret: true }
      valueOf(
        await updateVariable(actor, {
          owner,
          revision: made.revision,
          variableId: made.variableId,
          variable: secret,
          confirmed: true,
        }),
      )
      const details = connectorDetails({ name: `Busy ${round}` })
      valueOf(await updateConnector(actor, { ...details, connectorId, revision: await revisionNow() }))
    }
  }

  test.each([true, false])(
    'twenty changes of status and edits of the connector cannot deadlock, and the rank is right afterwards (failing: %s)',
    async (last) => {
      const { owner, method, instances } = await manyInstances()
      for (const index of many.slice(0, 3)) await aFlow(`Flow ${index}`, owner, method.id, instances[index]!.id)
      const flip = async (id: string, index: number) => {
        for (let round = 0; round < 6; round += 1) await setStatus(id, (round + index) % 2 === 0)
        await setStatus(id, last && index === 7)
      }
      await Promise.all([...instances.map(({ id }, index) => flip(id, index)), edits(owner.connectorId)])
      expect(await isRankedFailing(owner.connectorId)).toBe(last)
      const rank = await systemDb().connectorRank.findUniqueOrThrow({ where: { id: owner.connectorId } })
      expect(rank.rank).toBe(`${last ? 0 : 1}busy 3`)
      const flows = await systemDb().flow.findMany({ where: { workspaceId: actor.workspaceId } })
      expect(flows.map(({ failing }) => failing)).toEqual([false, false, false])
    },
    60_000,
  )

  test('a shape that chooses an instance while its status changes leaves its flow ranked right', async () => {
    const { owner, method, instances } = await manyInstances()
    const endpoint = await anEndpoint(owner, 'List orders')
    await systemDb().enablement.create({ data: { ...owner, endpointId: endpoint.id, methodId: method.id } })
    const { id: flowId } = valueOf(await createFlow(actor, { name: 'Race', description: '' }))
    const { id: shapeId } = valueOf(await addShape(actor, { flowId, revision: 1, name: 'Get', x: 0, y: 0 }))
    const choice = {
      flowId,
      shapeId,
      name: 'Get',
      endpointId: endpoint.id,
      timeoutSeconds: null,
      values: [],
      filters: [],
    }
    for (const [index, { id }] of instances.entries()) {
      const [saved] = await Promise.all([
        saveShape(actor, { ...choice, revision: index + 2, instanceId: id }),
        setStatus(id, index % 2 === 0),
      ])
      valueOf(saved)
      const flow = await systemDb().flow.findUniqueOrThrow({ where: { id: flowId } })
      expect(flow.failing).toBe(index % 2 === 0)
    }
  })
})
