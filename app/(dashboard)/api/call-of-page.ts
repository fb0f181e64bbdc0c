import type { Actor } from '@/lib/domain/access/actor'
import { findCallableInstance } from '@/lib/enablement/find-callable-instance'
import { listOfferedEndpoints } from '@/lib/enablement/list-offered-endpoints'
import type { OfferedEndpoint, OfferedEndpoints } from '@/lib/enablement/views'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { listInstanceOptions } from '@/lib/flows/list-instance-options'
import type { InstanceOption } from '@/lib/flows/shape-views'
import { getInstance } from '@/lib/instances/get-instance'
import { listVariables } from '@/lib/variables/list-variables'

/** What the examples of the *API* page call: as the address says, otherwise the first that can be called. */

export type CallOfPage = {
  instances: InstanceOption[]
  instance: InstanceOption & { key: string }
  offered: OfferedEndpoints
  endpoint: (OfferedEndpoint & { values: string[]; sendsJson: boolean }) | null
}

/** Null without an instance that is authorised. */
export async function callOfPage(
  actor: Actor,
  given: { instanceId: string; endpointId: string },
): Promise<CallOfPage | null> {
  const options = await listInstanceOptions(actor, { search: '' })
  if (!options.ok) return null
  const instance =
    (given.instanceId && (await optionOf(actor, given.instanceId))) || (await firstOf(actor, options.value))
  if (!instance) return null
  const offered = await listOfferedEndpoints(actor, { instanceId: instance.id })
  // The address names one that awaits its authorisation.
  if (!offered.ok) return given.instanceId === '' ? null : callOfPage(actor, { instanceId: '', endpointId: '' })
  const chosen = (given.endpointId && (await offeredOf(actor, instance, offered.value, given.endpointId))) || null
  const endpoint = chosen ?? simplestOf(offered.value.items)
  return {
    ...{ instances: options.value, instance, offered: offered.value },
    endpoint: endpoint && { ...endpoint, ...(await neededBy(actor, offered.value.connectorId, endpoint)) },
  }
}

/** One that may call something, if there is one: without an endpoint the examples have only placeholders. */
async function firstOf(actor: Actor, [first]: InstanceOption[]): Promise<CallOfPage['instance'] | null> {
  const callable = await findCallableInstance(actor, {})
  const id = (callable.ok ? callable.value.instanceId : null) ?? first?.id
  return id === undefined ? null : optionOf(actor, id)
}

async function optionOf(actor: Actor, instanceId: string): Promise<CallOfPage['instance'] | null> {
  const found = await getInstance(actor, { instanceId })
  if (!found.ok) return null
  const { id, key, name, connector, method, health } = found.value
  return {
    ...{ id, key, name, status: health.status, statusReason: health.statusReason },
    ...{ connectorId: connector.id, methodName: method.name },
    connectorName: [connector.name, connector.versionLabel].filter(Boolean).join(' '),
  }
}

/** Only if the instance may call it (rule R1). */
async function offeredOf(
  actor: Actor,
  { id: instanceId, connectorId }: InstanceOption,
  { items }: OfferedEndpoints,
  endpointId: string,
): Promise<OfferedEndpoint | null> {
  const isIt = ({ id }: OfferedEndpoint) => id === endpointId
  const listed = items.find(isIt)
  if (listed) return listed
  const endpoint = await getEndpoint(actor, { connectorId, endpointId })
  if (!endpoint.ok) return null
  const found = await listOfferedEndpoints(actor, { instanceId, search: endpoint.value.name })
  return found.ok ? (found.value.items.find(isIt) ?? null) : null
}

/** One that reads and has nothing to fill in, if there is one. */
function simplestOf(endpoints: OfferedEndpoint[]): OfferedEndpoint | null {
  const simple = endpoints.find(({ httpMethod, url }) => httpMethod === 'GET' && !url.includes('{{'))
  return simple ?? endpoints[0] ?? null
}

/** The variables without a default, and whether it needs a body. */
async function neededBy(actor: Actor, connectorId: string, { id }: OfferedEndpoint) {
  const [variables, endpoint] = await Promise.all([
    listVariables(actor, { level: 'endpoint', connectorId, ownerId: id }),
    getEndpoint(actor, { connectorId, endpointId: id }),
  ])
  const needed = variables.ok ? variables.value.filter((one) => one.required && one.effectiveDefault === '') : []
  return {
    values: needed.map(({ key }) => key),
    sendsJson: endpoint.ok && endpoint.value.bodyFormat === 'json' && endpoint.value.body === '',
  }
}
