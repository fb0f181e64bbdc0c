import { succeed } from '../result'
import { nothingApplied } from './placement'
import type { AuthenticationTypeDefinition } from './types'

export const none: AuthenticationTypeDefinition = {
  type: 'none',
  label: 'None',
  description: 'The third party asks for no credentials of a standard kind. Variables and parameters can still be sent.',
  needsPerson: false,
  phases: ['verify', 'endpoint'],
  urls: [],
  defaultVariables: [],
  defaultPhases: [{ kind: 'verify', step: 0, httpMethod: 'GET', url: null }],
  defaultOptions: {},
  filledVariables: [],
  unusedVariables: () => [],
  readOptions: () => succeed({}),
  applyCredentials: () => succeed(nothingApplied),
}
