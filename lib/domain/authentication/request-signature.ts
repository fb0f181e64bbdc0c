import { lockedVariable } from './default-variable'
import { defaultsOf } from './options'
import { nothingApplied } from './placement'
import { succeed } from '../result'
import type { AuthenticationTypeDefinition } from './types'

export const requestSignature: AuthenticationTypeDefinition = {
  type: 'request_signature',
  label: 'Request signature',
  description: 'Every request carries a signature that is computed from it.',
  needsPerson: 'never',
  phases: ['exchange', 'refresh', 'revoke', 'after_connect', 'verify', 'endpoint'],
  urls: [],
  defaultVariables: [
    lockedVariable({ key: 'secret_key', displayName: 'Secret key', secret: true }),
  ],
  defaultPhases: [{ kind: 'verify', step: 0, httpMethod: 'GET', url: null }],
  defaultParameters: [],
  optionGroups: ['common', 'signature', 'client', 'answer', 'refresh', 'expired', 'jwt'],
  defaultOptions: defaultsOf({}),
  filledVariables: [],
  unusedVariables: () => [],
  applyCredentials: () => succeed(nothingApplied),
}
