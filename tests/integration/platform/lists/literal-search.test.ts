import { beforeAll, describe, expect, test } from 'vitest'
import { listChanges } from '@/lib/activity/list-changes'
import { recordAudit } from '@/lib/platform/audit/record'
import { listInstanceOptions } from '@/lib/flows/list-instance-options'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { readConnectorFilter } from '@/lib/connectors/schema'
import { workspaceDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import type { Result } from '@/lib/domain/result'
import { listOfferedEndpoints } from '@/lib/enablement/list-offered-endpoints'
import { listEndpoints } from '@/lib/endpoints/list-endpoints'
import { listFlows } from '@/lib/flows/list-flows'
import { listConnectorChoices } from '@/lib/instances/list-connector-choices'
import { listFound } from '@/lib/search/list-found'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import {
  aConnector,
  aFlowUsing,
  aMethod,
  anEnablement,
  anEndpoint,
  anInstance,
} from '@/tests/support/endpoint-builders'

/** Things of every kind by names that a pattern would confuse; beside each the one that it would wrongly find. */
const names = ['Wool 100% fine', 'Wool 100 and fine', 'Wool a_b', 'Wool axb', 'Wool c\\d', 'Wool cd']

let manager: PersonActor
let connectorId: string
let instanceId: string

beforeAll(async () => {
  await testDatabase()
  manager = await anActor('manager')
  const owner = await aConnector(manager.workspaceId, 'Home')
  const method = await aMethod(owner, 'basic auth')
  connectorId = owner.connectorId
  instanceId = (await anInstance(owner, method.id, 'Home instance')).id
  for (const name of names) {
    await aConnector(manager.workspaceId, name)
    const endpoint = await anEndpoint(owner, name)
    await anEnablement(owner, endpoint.id, method.id)
    const instance = await anInstance(owner, method.id, name)
    await aFlowUsing(owner, { name, instanceId: instance.id, endpointId: endpoint.id })
    await workspaceDb(manager.workspaceId).$transaction((tx) =>
      recordAudit(tx, manager, {
        action: 'create_connector',
        objectType: 'connector',
        objectId: owner.connectorId,
        objectName: name,
        changes: [],
      }),
    )
  }
})

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const params = (q: string, sort: string) => ({ q, sort, after: '' })
const namesOf = (items: { name: string }[]) => items.map(({ name }) => name)

const searches: [string, (q: string) => Promise<string[]>][] = [
  [
    'Manage connectors, by their names',
    async (q) =>
      namesOf(
        valueOf(await listConnectors(manager, readConnectorFilter({ q }))).items.filter(({ name }) => name !== 'Home'),
      ),
  ],
  [
    'Manage connectors, by their instances’ names',
    async (q) =>
      namesOf(
        valueOf(await listConnectors(manager, readConnectorFilter({ q }))).items.flatMap(({ instances }) => instances),
      ),
  ],
  [
    'the connectors to add an instance to',
    async (q) => namesOf(valueOf(await listConnectorChoices(manager, params(q, 'name'))).items),
  ],
  [
    'endpoints',
    async (q) =>
      namesOf(valueOf(await listEndpoints(manager, { connectorId, ...params(q, 'group'), entityType: null })).items),
  ],
  [
    'the picker’s endpoints',
    async (q) => namesOf(valueOf(await listOfferedEndpoints(manager, { instanceId, search: q })).items),
  ],
  ['the picker’s instances', async (q) => namesOf(valueOf(await listInstanceOptions(manager, { search: q })))],
  ['flows', async (q) => namesOf(valueOf(await listFlows(manager, params(q, 'name'))).items)],
  [
    'the audit trail',
    async (q) => valueOf(await listChanges(manager, { ...params(q, '-at') })).items.map(({ objectName }) => objectName),
  ],
  ['the palette', async (q) => [...new Set(namesOf(valueOf(await listFound(manager, { text: q }))))]],
]

describe.each(searches)('searching %s', (_, search) => {
  test.each([
    ['100%', 'Wool 100% fine'],
    ['a_b', 'Wool a_b'],
    ['c\\d', 'Wool c\\d'],
  ])('%s is found literally: no character is a wildcard', async (typed, found) => {
    expect(await search(typed)).toEqual([found])
  })
})
