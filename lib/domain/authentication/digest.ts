import { lockedVariable } from './default-variable'
import { defaultsOf } from './options'
import { nothingApplied } from './placement'
import { succeed } from '../result'
import type { AuthenticationTypeDefinition } from './types'

export const digest: AuthenticationTypeDefinition = {
  type: 'digest',
  label: 'Digest',
  description: 'A user name and a password answer a challenge of the server (RFC 7616); the password itself is never sent.',
  needsPerson: 'never',
  phases: ['after_connect', 'verify', 'endpoint'],
  urls: [],
  defaultVariables: [
    lockedVariable({ key: 'username', displayName: 'Username' }),
    lockedVariable({ key: 'password', displayName: 'Password', secret: true }),
  ],
  defaultPhases: [{ kind: 'verify', step: 0, httpMethod: 'GET', url: null }],
  defaultParameters: [],
  optionGroups: ['common'],
  defaultOptions: defaultsOf({}),
  filledVariables: [],
  unusedVariables: () => [],
  applyCredentials: () => succeed(nothingApplied),
}
