import type { Client } from 'pg'
import { listChanges } from '@/lib/activity/list-changes'
import { listInstanceOptions } from '@/lib/flows/list-instance-options'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { readConnectorFilter } from '@/lib/connectors/schema'
import type { Result } from '@/lib/domain/result'
import { applyMatrix } from '@/lib/enablement/apply-matrix'
import { getMatrix } from '@/lib/enablement/get-matrix'
import { listOfferedEndpoints } from '@/lib/enablement/list-offered-endpoints'
import { listFlows } from '@/lib/flows/list-flows'
import { listRequests } from '@/lib/request-log/list-requests'
import { bareSql } from './bare-sql'
import type { Comparison } from './measure'
import type { SeededWorkspace } from './seed'

/** The screens that must stay fast, each compared with one hand-written statement for the same rows. */
export function databaseComparisons(
  client: Client,
  { actor, connectorId, methodIds, endpointIds, instanceId }: SeededWorkspace,
): Comparison[] {
  const { workspaceId } = actor
  const bare = (sql: string, values: unknown[]) => async () => idsOf((await client.query<Identified>(sql, values)).rows)
  const connectors = readConnectorFilter({})
  const byName = { q: '', sort: 'name', after: '' }
  const newest = { q: '', sort: '-at', after: '' }
  return [
    {
      name: 'Picker: an instance’s endpoints, first 50 of 2,000',
      app: async () => idsOf(valueOf(await listOfferedEndpoints(actor, { instanceId })).items),
      bare: bare(bareSql.offered, [instanceId, workspaceId]),
      runs: 60,
      mostMs: 1_000,
    },
    {
      name: 'Picker: the same, compared with the fastest SQL for a known instance',
      app: async () => idsOf(valueOf(await listOfferedEndpoints(actor, { instanceId })).items),
      bare: bare(bareSql.offeredQuickest, [workspaceId, connectorId, methodIds[0]!]),
      runs: 60,
    },
    {
      name: 'Picker: the same, searched',
      app: async () => idsOf(valueOf(await listOfferedEndpoints(actor, { instanceId, search: '42' })).items),
      bare: bare(bareSql.offeredSearched, [instanceId, workspaceId, '42']),
      runs: 60,
      mostMs: 1_000,
    },
    {
      name: 'Picker: the instances, first 50 of 5,000',
      app: async () => idsOf(valueOf(await listInstanceOptions(actor, { search: '' }))),
      bare: bare(bareSql.instanceOptions, [workspaceId]),
      runs: 60,
    },
    {
      name: 'Manage connectors: 50 of 500, their instances and counts',
      app: async () =>
        valueOf(await listConnectors(actor, connectors)).items.flatMap(({ id, instances }) => [
          id,
          ...idsOf(instances),
        ]),
      bare: async () =>
        (await client.query<Identified & { instances: string[] }>(bareSql.connectors, [workspaceId])).rows.flatMap(
          ({ id, instances }) => [id, ...instances],
        ),
      runs: 40,
    },
    {
      name: 'Matrix: 2,000 endpoints × 10 methods',
      app: async () => idsOf(valueOf(await getMatrix(actor, { connectorId })).endpoints),
      bare: bare(bareSql.matrix, [connectorId, workspaceId]),
      runs: 20,
    },
    {
      name: 'Matrix: 2,000 toggles applied at once',
      app: toggles(methodIds[1]!, endpointIds, async (methodId, enable, disable) => {
        const applied = valueOf(
          await applyMatrix(actor, { connectorId, changes: [{ methodId, enable, disable }], confirmStranding: true }),
        )
        return applied.enabled + applied.disabled
      }),
      bare: toggles(methodIds[3]!, endpointIds, (...change) =>
        toggleBare(client, [workspaceId, connectorId], ...change),
      ),
      runs: 12,
      mostMs: 1_000,
    },
    {
      name: 'Flows: 50 of 200 with the state of their shapes',
      app: async () => idsOf(valueOf(await listFlows(actor, byName)).items),
      bare: bare(bareSql.flows, [workspaceId]),
      runs: 40,
    },
    {
      name: 'Activity: newest 50 of 100,000 requests, counted to 10,000',
      app: async () => idsOf(valueOf(await listRequests(actor, { ...newest })).items),
      bare: bare(bareSql.requests, [workspaceId]),
      runs: 40,
    },
    {
      name: 'Activity: newest 50 of 20,000 changes, counted',
      app: async () => idsOf(valueOf(await listChanges(actor, { ...newest })).items),
      bare: bare(bareSql.changes, [workspaceId]),
      runs: 40,
    },
  ]
}

type Identified = { id: string }

function idsOf(rows: readonly Identified[]): string[] {
  return rows.map(({ id }) => id)
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

type Toggle = (methodId: string, enable: string[], disable: string[]) => Promise<number>

/** The whole column of a method, off and on in turns, so that every cell has to change. */
function toggles(methodId: string, endpointIds: string[], toggle: Toggle): () => Promise<number> {
  let on = true
  return () => {
    on = !on
    return on ? toggle(methodId, endpointIds, []) : toggle(methodId, [], endpointIds)
  }
}

async function toggleBare(
  client: Client,
  owner: string[],
  ...[methodId, enable, disable]: Parameters<Toggle>
): Promise<number> {
  await client.query('BEGIN')
  const disabled = await client.query(bareSql.disable, [methodId, disable])
  const enabled = await client.query(bareSql.enable, [...owner, methodId, enable])
  await client.query('COMMIT')
  return (disabled.rowCount ?? 0) + (enabled.rowCount ?? 0)
}
