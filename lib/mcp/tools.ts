import type { Tool } from './tool'
import { callEndpoint } from './tools/call-endpoint'
import { checkInstance } from './tools/check-instance'
import { describeConnector } from './tools/describe-connector'
import { describeEndpoint } from './tools/describe-endpoint'
import { describeRequest } from './tools/describe-request'
import { explainInstance } from './tools/explain-instance'
import { listConnectors } from './tools/list-connectors'
import { listInstanceEndpoints } from './tools/list-instance-endpoints'
import { listInstances } from './tools/list-instances'
import { listRequests } from './tools/list-requests'
import { proposeEnablementChange } from './tools/propose-enablement-change'

/** In the order in which an agent needs them. */
export const tools: readonly Tool[] = [
  ...[listInstances, listInstanceEndpoints, describeEndpoint, callEndpoint],
  ...[explainInstance, checkInstance, listRequests, describeRequest],
  ...[listConnectors, describeConnector, proposeEnablementChange],
]
