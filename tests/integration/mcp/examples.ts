import type { WholeWorkspace } from '../security/whole-workspace'

/** One valid input for every tool: the tests call it with keys of every kind. */
export const examples: Record<string, (world: WholeWorkspace) => object> = {
  list_instances: (w) => ({ connector: w.connectorId }),
  list_instance_endpoints: (w) => ({ instance: w.instanceId }),
  describe_endpoint: (w) => ({ instance: w.instanceId, endpoint: w.endpointId }),
  call_endpoint: (w) => ({ instance: w.instanceId, endpoint: w.endpointId, filters: { status: 'open' } }),
  explain_instance: (w) => ({ instance: w.instanceId }),
  check_instance: (w) => ({ instance: w.instanceId }),
  list_requests: (w) => ({ instance: w.instanceId, outcome: 'succeeded', search: 'planted' }),
  describe_request: (w) => ({ id: w.request.id, at: w.request.at }),
  list_connectors: () => ({ search: '' }),
  describe_connector: (w) => ({ connector: w.connectorId }),
  propose_enablement_change: (w) => ({
    ...{ connector: w.connectorId, endpoint: w.endpointId, method: w.method.id, enabled: false },
  }),
}
