import { essentialVariable } from './default-variable'
import { defaultsOf } from '../method-options/options'
import { applyPlacement } from './placement'
import type { AuthenticationTypeDefinition } from './types'

export const token: AuthenticationTypeDefinition = {
  type: 'token',
  label: 'Token-based authentication',
  description:
    'A token or an API key issued by the API, sent with every request in a header, in the URL, in the body or in a cookie.',
  needsPerson: 'never',
  phases: ['after_connect', 'verify', 'endpoint'],
  urls: [],
  defaultVariables: [essentialVariable({ key: 'token', displayName: 'Token', secret: true })],
  defaultPhases: [{ kind: 'verify', step: 0, httpMethod: 'GET', url: null }],
  defaultParameters: [],
  optionGroups: ['common', 'placement'],
  defaultOptions: defaultsOf({ placement: { place: 'header', key: 'Authorization', value: 'Bearer {{ token }}' } }),
  filledVariables: [],
  unusedVariables: () => [],
  applyCredentials: (input) => applyPlacement(input.options.placement, input),
}
