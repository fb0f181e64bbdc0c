import { beforeEach, describe, expect, test } from 'vitest'
import { getConnectorHistory } from '@/lib/activity/get-connector-history'
import { createMethod } from '@/lib/authentication-methods/create-method'
import { deleteMethod } from '@/lib/authentication-methods/delete-method'
import { createConnector } from '@/lib/connectors/create-connector'
import { listConnectorInstances } from '@/lib/connectors/list-connector-instances'
import type { PersonActor } from '@/lib/domain/access/actor'
import { setEnablement } from '@/lib/enablement/set-enablement'
import { createEndpoint } from '@/lib/endpoints/create-endpoint'
import { deleteEndpoint } from '@/lib/endpoints/delete-endpoint'
import { installPreset } from '@/lib/imports/install-preset'
import { listLatestFailures } from '@/lib/request-log/list-latest-failures'
import { flushRequestLog, recordRequest } from '@/lib/request-log/record'
import { anActor } from '@/tests/support/builders'
import { connectorDetails } from '@/tests/support/connector-builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { aConnector, aMethod, anInstance } from '@/tests/support/endpoint-builders'
import { aRequestLogEntry } from '@/tests/support/request-log-builders'

/** What a connector's overview shows beside its details and methods. */

await testDatabase()

let actor: PersonActor
beforeEach(async () => {
  actor = await anActor('manager')
})

describe('the instances', () => {
  test('are the first five of this connector, failing ones first', async () => {
    const place = await aConnector(actor.workspaceId)
    const method = await aMethod(place, 'basic auth')
    for (const name of ['A', 'B', 'C', 'D', 'E']) await anInstance(place, method.id, name)
    await anInstance(place, method.id, 'Z', 'failing')
    const other = await aConnector(actor.workspaceId)
    await anInstance(other, (await aMethod(other, 'basic auth')).id, 'Of another connector')
    const lines = valueOf(await listConnectorInstances(actor, { connectorId: place.connectorId }))
    expect(lines.map(({ name }) => name)).toEqual(['Z', 'A', 'B', 'C', 'D'])
  })

  test('of a connector of another workspace are not found', async () => {
    const foreign = await aConnector((await anActor()).workspaceId)
    expect(await listConnectorInstances(actor, { connectorId: foreign.connectorId })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
  })
})

test('the latest failures are the newest five that did not succeed, of this connector only', async () => {
  const { connectorId } = await aConnector(actor.workspaceId)
  const record = (subject: string, status: number, of: string | null = connectorId) =>
    recordRequest(
      aRequestLogEntry(actor.workspaceId, {
        subject,
        connectorId: of,
        response: { status, headers: [], body: new Uint8Array() },
        // The log says when a request began.
        durationMs: (20 - Number(subject)) * 1_000,
      }),
    )
  for (const number of [1, 2, 3, 4, 5, 6]) record(String(number), number % 2 === 0 ? 401 : 503)
  record('7', 200)
  record('8', 500, null)
  await flushRequestLog()
  const found = valueOf(await listLatestFailures(actor, { connectorId }))
  expect(found.map(({ subject }) => subject)).toEqual(['6', '5', '4', '3', '2'])
})

describe('the history', () => {
  const historyOf = async (connectorId: string) => valueOf(await getConnectorHistory(actor, { connectorId }))

  async function addMethod(connectorId: string): Promise<string> {
    const input = { connectorId, name: 'basic auth', timeoutSeconds: 30, documentationUrl: '' }
    return valueOf(await createMethod(actor, { ...input, type: 'basic' })).id
  }

  async function addEndpoint(connectorId: string): Promise<string> {
    const input = { connectorId, name: 'List orders', entityType: '', url: '/orders' }
    return valueOf(await createEndpoint(actor, { ...input, direction: 'receive', httpMethod: 'GET' })).id
  }

  test('shows how the connector was created, and by whom', async () => {
    const { id } = valueOf(await installPreset(actor, { preset: 'github' }))
    expect((await historyOf(id)).cameFrom).toMatchObject({ action: 'install_connector', person: actor.label })
  })

  test('has the latest changes of its methods, endpoints and switches, newest first, and none of another connector', async () => {
    const { id: connectorId } = valueOf(await createConnector(actor, connectorDetails()))
    const methodId = await addMethod(connectorId)
    const endpointId = await addEndpoint(connectorId)
    await setEnablement(actor, { endpointId, methodId, enabled: true })
    await createConnector(actor, connectorDetails({ name: 'Another' }))
    const { changes } = await historyOf(connectorId)
    expect(changes.map(({ action }) => action)).toEqual([
      'set_enablement',
      'create_endpoint',
      'create_method',
      'change_origins',
      'create_connector',
    ])
  })

  test('has what was deleted, without a link', async () => {
    const { id: connectorId } = valueOf(await createConnector(actor, connectorDetails()))
    const methodId = await addMethod(connectorId)
    const endpointId = await addEndpoint(connectorId)
    valueOf(await deleteEndpoint(actor, { endpointId, typedName: 'List orders' }))
    valueOf(await deleteMethod(actor, { methodId, typedName: 'basic auth' }))
    const { changes } = await historyOf(connectorId)
    expect(changes.map(({ action, objectName, href }) => ({ action, objectName, href }))).toEqual([
      { action: 'delete_method', objectName: 'basic auth', href: null },
      { action: 'delete_endpoint', objectName: 'List orders', href: null },
      { action: 'create_endpoint', objectName: 'List orders', href: null },
      { action: 'create_method', objectName: 'basic auth', href: null },
      { action: 'change_origins', objectName: expect.any(String), href: null },
    ])
  })

  test('of a connector without log entries is empty', async () => {
    const { connectorId } = await aConnector(actor.workspaceId)
    expect(await historyOf(connectorId)).toEqual({ cameFrom: null, changes: [] })
  })
})
