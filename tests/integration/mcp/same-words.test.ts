import { beforeAll, expect, test, vi } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import { anAgent, type Agent } from '@/tests/support/agent'
import { sendWith } from '@/tests/support/api-program'
import { testDatabase } from '@/tests/support/database'
import { aWholeWorkspace, type WholeWorkspace } from '../security/whole-workspace'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** The same refusal has the same code and the same sentence in the REST API and in a tool. */

await testDatabase()
let world: WholeWorkspace
const agents = new Map<string, Agent>()

beforeAll(async () => {
  world = await aWholeWorkspace('https://third-party.invalid')
  const all = { role: 'administrator' } as const
  agents.set('administrator', await anAgent(world.administrator, all))
  agents.set('read-only', await anAgent(world.administrator, { role: 'read_only' }))
  agents.set('limited', await anAgent(world.administrator, { ...all, limits: { instanceIds: [world.instanceId] } }))
  agents.set('call only', await anAgent(world.administrator, { ...all, callOnly: true }))
})

type Request = { method: 'GET' | 'POST'; path: string; body?: object }
type Case = { who: string; tool: string; input: (w: WholeWorkspace) => object; rest: (w: WholeWorkspace) => Request }

const unknownId = '01900000-0000-7000-8000-000000000000'
const cases: Record<string, Case> = {
  'a role that may not': {
    ...{ who: 'read-only', tool: 'check_instance', input: (w) => ({ instance: w.instanceId }) },
    rest: (w) => ({ method: 'POST', path: `/instances/${w.instanceId}/check`, body: {} }),
  },
  'a restricted key, for what concerns the workspace': {
    who: 'limited',
    tool: 'propose_enablement_change',
    input: (w) => ({ connector: w.connectorId, endpoint: w.endpointId, method: w.method.id, enabled: false }),
    rest: (w) => ({
      ...{ method: 'POST', path: `/connectors/${w.connectorId}/enablements/preview` },
      body: { changes: [{ methodId: w.method.id, enable: [], disable: [w.endpointId] }] },
    }),
  },
  'a key that may only call': {
    ...{ who: 'call only', tool: 'list_connectors', input: () => ({}) },
    rest: () => ({ method: 'GET', path: '/connectors' }),
  },
  'an instance beyond the limits of the key': {
    ...{ who: 'limited', tool: 'list_instance_endpoints', input: (w) => ({ instance: w.spareInstanceId }) },
    rest: (w) => ({ method: 'GET', path: `/instances/${w.spareInstanceId}/endpoints` }),
  },
  'an unknown instance': {
    ...{ who: 'administrator', tool: 'explain_instance', input: () => ({ instance: 'unknown' }) },
    rest: () => ({ method: 'GET', path: '/instances/unknown/explanation' }),
  },
  'an unknown connector': {
    ...{ who: 'administrator', tool: 'describe_connector', input: () => ({ connector: unknownId }) },
    rest: () => ({ method: 'GET', path: `/connectors/${unknownId}` }),
  },
  'an unknown endpoint': {
    who: 'administrator',
    tool: 'propose_enablement_change',
    input: (w) => ({ connector: w.connectorId, endpoint: 'unknown', method: w.method.id, enabled: true }),
    rest: (w) => ({ method: 'GET', path: `/connectors/${w.connectorId}/endpoints/unknown` }),
  },
  'a line that is not in the log': {
    ...{ who: 'administrator', tool: 'describe_request', input: () => ({ id: unknownId, at: '2026-01-01T00:00:00Z' }) },
    rest: () => ({ method: 'GET', path: `/requests/${unknownId}?at=2026-01-01T00:00:00Z` }),
  },
  'an instance that has not been authorised': {
    ...{ who: 'administrator', tool: 'list_instance_endpoints', input: (w) => ({ instance: w.unauthorisedId }) },
    rest: (w) => ({ method: 'GET', path: `/instances/${w.unauthorisedId}/endpoints` }),
  },
  'an unknown filter value': {
    ...{ who: 'administrator', tool: 'list_requests', input: () => ({ outcome: 'splendid' }) },
    rest: () => ({ method: 'GET', path: '/requests?outcome=splendid' }),
  },
}

test.each(Object.entries(cases))('%s', async (_what, { who, tool, input, rest }) => {
  const agent = agents.get(who)!
  const { refusal } = await agent.call(tool, input(world))
  const { method, path, body } = rest(world)
  const problem = (await sendWith(`Bearer ${agent.key}`, method, path, { body })).body as Record<string, unknown>
  expect(refusal).not.toBeNull()
  expect({ code: refusal!.code, message: refusal!.message }).toEqual({ code: problem.code, message: problem.detail })
})

test('a disabled instance, in the words of the person’s pages', async () => {
  await systemDb().instance.update({ where: { id: world.instanceId }, data: { disabledAt: new Date() } })
  const agent = agents.get('administrator')!
  const { refusal } = await agent.call('call_endpoint', { instance: world.instanceId, endpoint: world.endpointId })
  const problem = (
    await sendWith(`Bearer ${agent.key}`, 'POST', `/flows/${world.flowId}/shapes/${world.shapeId}/run`, { body: {} })
  ).body as Record<string, unknown>
  expect(refusal).toMatchObject({ code: 'disabled', message: problem.detail })
  await systemDb().instance.update({ where: { id: world.instanceId }, data: { disabledAt: null } })
})
