import { getConnectorHistory } from '@/lib/activity/get-connector-history'
import { listChanges } from '@/lib/activity/list-changes'
import { getRequest } from '@/lib/request-log/get-request'
import { getRequestBodies } from '@/lib/request-log/get-request-bodies'
import { listRequests } from '@/lib/request-log/list-requests'
import { listFound } from '@/lib/search/list-found'
import { list } from '../route'

export const activityRoutes = [
  list('/requests', listRequests, 'List the requests that were sent to third parties'),
  list('/requests/{id}', getRequest, 'Read a request, without its bodies'),
  list('/requests/{id}/bodies', getRequestBodies, 'Read the bodies of a request, with secrets redacted'),
  list('/changes', listChanges, 'List who changed what'),
  list('/connectors/{connectorId}/history', getConnectorHistory, 'Read the latest changes of a connector'),
  list('/search', listFound, 'Search connectors, instances, endpoints and flows'),
]
