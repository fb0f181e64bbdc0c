import { succeed } from '../result'
import { defaultsOf } from '../method-options/options'
import { nothingApplied } from './placement'
import type { AuthenticationTypeDefinition } from './types'

export const none: AuthenticationTypeDefinition = {
  type: 'none',
  label: 'None',
  description: 'The third party needs no standard credentials. Variables and parameters can still be sent.',
  needsPerson: 'never',
  phases: ['after_connect', 'verify', 'endpoint'],
  urls: [],
  defaultVariables: [],
  defaultPhases: [{ kind: 'verify', step: 0, httpMethod: 'GET', url: null }],
  defaultParameters: [],
  optionGroups: ['common'],
  defaultOptions: defaultsOf({}),
  filledVariables: [],
  unusedVariables: () => [],
  applyCredentials: () => succeed(nothingApplied),
}
