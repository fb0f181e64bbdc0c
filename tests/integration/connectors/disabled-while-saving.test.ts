import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { saveShape } from '@/lib/flows/save-shape'
import { systemDb } from '@/lib/platform/db/client'
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

const { url } = await testDatabase()

test.each([
  { change: 'disabled', before: null, after: 'now()', failing: false },
  { change: 'enabled', before: new Date(), after: 'NULL', failing: true },
])('a shape saved while the connector is $change leaves its flow with the right status', async (given) => {
  const actor = await anActor('manager')
  const owner = await aConnector(actor.workspaceId, 'Acme')
  const method = await aMethod(owner, 'basic auth')
  const endpoint = await anEndpoint(owner, 'List orders')
  await anEnablement(owner, endpoint.id, method.id)
  const good = await anInstance(owner, method.id, 'Acme UK')
  const bad = await anInstance(owner, method.id, 'Acme DE', 'failing')
  const { flowId, shapeId } = await aFlowUsing(owner, { name: 'Orders', instanceId: good.id, endpointId: endpoint.id })
  await systemDb().connector.updateMany({ where: { id: owner.connectorId }, data: { disabledAt: given.before } })

  const client = new Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query('BEGIN')
  await client.query(`UPDATE "Connector" SET "disabledAt" = ${given.after} WHERE "id" = $1`, [owner.connectorId])
  const saved = saveShape(actor, {
    ...{ flowId, shapeId, revision: 1, name: 'Get orders', instanceId: bad.id, endpointId: endpoint.id },
    ...{ timeoutSeconds: null, values: [], filters: [] },
  })
  await Promise.race([saved, sleep(1_000)])
  await client.query('COMMIT')
  valueOf(await saved)
  expect(await systemDb().flow.findFirst({ where: { id: flowId }, select: { failing: true } })).toEqual({
    failing: given.failing,
  })
})
