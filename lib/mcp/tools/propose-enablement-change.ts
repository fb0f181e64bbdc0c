import { z } from 'zod'
import { idsOfPath } from '@/lib/api/path-ids'
import type { Actor } from '@/lib/domain/access/actor'
import { notFound } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import { listMethodSwitches } from '@/lib/enablement/list-method-switches'
import { planMatrix } from '@/lib/enablement/plan-matrix'
import { setEnablement } from '@/lib/enablement/set-enablement'
import type { StrandedFlow } from '@/lib/enablement/views'
import { cut, itemsWithin } from '../cut'
import { connectorInput, endpointInput, methodInput } from '../named'
import { tool } from '../tool'

const flowBytes = 32 * 1024
const mostShapes = 5

const flow = z.strictObject({
  id: z.string(),
  name: z.string(),
  shapes: z.array(z.string()).describe('Names of the first shapes that would lose the endpoint.'),
})

/** Rules R2 and R3. */
export const proposeEnablementChange = tool({
  name: 'propose_enablement_change',
  title: 'Propose an enablement change',
  description:
    'Says what it would do if an endpoint accepted an authentication method, or no longer did: which flows would break. Changes nothing without confirm. With confirm: true it is applied at once, if your role allows it; ask a person first.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  operations: [listMethodSwitches, planMatrix],
  input: z.strictObject({
    connector: connectorInput,
    endpoint: endpointInput,
    method: methodInput,
    enabled: z.boolean().describe('Whether the endpoint shall accept the method.'),
    confirm: z.boolean().default(false).describe('true: apply it, also if flows break.'),
  }),
  output: z.strictObject({
    endpointId: z.string(),
    method: z.string(),
    enabledBefore: z.boolean(),
    enabled: z.boolean().describe('As proposed.'),
    applied: z.boolean(),
    brokenFlows: z.array(flow).describe('The flows that the change breaks.'),
    moreBrokenFlows: z.int(),
    instances: z.int().describe('How many instances use the method.'),
    message: z.string(),
  }),
  run: async (actor, { connector, endpoint, method, enabled, confirm }) => {
    const ids = await idsOfPath(actor, { connectorId: connector, endpointId: endpoint, methodId: method })
    if (!ids.ok) return ids
    const cell = { endpointId: ids.value.endpointId!, methodId: ids.value.methodId!, enabled }
    const planned = await plan(actor, ids.value.connectorId!, cell)
    if (!planned.ok) return planned
    const { before, strandedFlows } = planned.value
    if (confirm) {
      const set = await setEnablement(actor, { ...cell, confirmStranding: true })
      if (!set.ok) return set
    }
    return succeed({
      ...{ endpointId: cell.endpointId, method: before.name, enabledBefore: before.enabled, enabled },
      ...{ applied: confirm, instances: before.instances, ...shownFlows(strandedFlows) },
      message: messageOf({ isChange: before.enabled !== enabled, confirm, flows: strandedFlows.length }),
    })
  },
})

type Cell = { endpointId: string; methodId: string; enabled: boolean }
type Planned = { before: { name: string; enabled: boolean; instances: number }; strandedFlows: StrandedFlow[] }

async function plan(
  actor: Actor,
  connectorId: string,
  { endpointId, methodId, enabled }: Cell,
): Promise<Result<Planned>> {
  const switches = await listMethodSwitches(actor, { endpointId })
  if (!switches.ok) return switches
  const before = switches.value.find((found) => found.methodId === methodId)
  if (!before) return notFound('authentication_method')
  const change = { methodId, enable: enabled ? [endpointId] : [], disable: enabled ? [] : [endpointId] }
  const planned = await planMatrix(actor, { connectorId, changes: [change] })
  return planned.ok ? succeed({ before, ...planned.value }) : planned
}

function shownFlows(flows: readonly StrandedFlow[]) {
  const all = flows.map(({ flowId, flowName, shapes }) => ({
    ...{ id: flowId, name: flowName },
    shapes: shapes.slice(0, mostShapes).map(({ name }) => cut(name, 100)),
  }))
  const first = itemsWithin(all, flowBytes)
  return { brokenFlows: first, moreBrokenFlows: flows.length - first.length }
}

function messageOf({ isChange, confirm, flows }: { isChange: boolean; confirm: boolean; flows: number }): string {
  if (!isChange) return 'It is so already. Nothing was changed.'
  const broken = flows === 0 ? 'No flow breaks.' : `${flows} ${flows === 1 ? 'flow breaks' : 'flows break'}.`
  return confirm
    ? `Applied. ${broken}`
    : `Nothing was changed yet. ${broken} To apply it, call again with confirm: true.`
}
