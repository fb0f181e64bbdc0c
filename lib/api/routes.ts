import type { Route } from './route'
import { activityRoutes } from './routes/activity'
import { connectorRoutes } from './routes/connectors'
import { endpointRoutes } from './routes/endpoints'
import { flowRoutes } from './routes/flows'
import { importRoutes } from './routes/imports'
import { instanceRoutes } from './routes/instances'
import { installationRoutes } from './routes/installation'
import { methodRoutes } from './routes/methods'
import { peopleRoutes } from './routes/people'
import { variableRoutes } from './routes/variables'

/** A group of the reference. */
export type RouteGroup = { name: string; description: string; routes: readonly Route[] }

export const routeGroups: readonly RouteGroup[] = [
  {
    name: 'Instances',
    description: 'Credentials of an API, and the endpoints that they may call.',
    routes: instanceRoutes,
  },
  { name: 'Connectors', description: 'APIs: their details, parameters and origins.', routes: connectorRoutes },
  {
    name: 'Imports',
    description: 'Documents that become connectors, read in the background.',
    routes: importRoutes,
  },
  { name: 'Authentication methods', description: 'How an API authenticates requests.', routes: methodRoutes },
  {
    name: 'Endpoints',
    description: 'Operations of an API, and the authentication methods that each accepts.',
    routes: endpointRoutes,
  },
  { name: 'Variables', description: 'What requests need to know, besides their definition.', routes: variableRoutes },
  { name: 'Flows', description: 'Process flows and their connection shapes.', routes: flowRoutes },
  { name: 'Activity', description: 'Requests to third parties, changes, and search.', routes: activityRoutes },
  { name: 'People and keys', description: 'For administrators.', routes: peopleRoutes },
  { name: 'Installation', description: 'Its processes, for administrators.', routes: installationRoutes },
]

export const routes: readonly Route[] = routeGroups.flatMap((group) => group.routes)
