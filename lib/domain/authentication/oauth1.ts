import { lockedVariable } from './default-variable'
import { defaultsOf } from './options'
import { nothingApplied } from './placement'
import { succeed } from '../result'
import type { AuthenticationTypeDefinition } from './types'

export const oauth1: AuthenticationTypeDefinition = {
  type: 'oauth1',
  label: 'OAuth 1',
  description: 'Every request is signed with the secrets of the application and of the token (RFC 5849).',
  needsPerson: 'with_authorise_url',
  phases: ['request_token', 'authorise', 'exchange', 'after_connect', 'verify', 'endpoint'],
  urls: [],
  defaultVariables: [
    lockedVariable({ key: 'consumer_key', displayName: 'Consumer key' }),
    lockedVariable({ key: 'consumer_secret', displayName: 'Consumer secret', secret: true }),
    lockedVariable({ key: 'token', displayName: 'Token', required: false }),
    lockedVariable({ key: 'token_secret', displayName: 'Token secret', secret: true, required: false }),
    lockedVariable({ key: 'signature_method', displayName: 'Signature method', defaultValue: 'HMAC-SHA256' }),
    lockedVariable({ key: 'realm', displayName: 'Realm', required: false }),
  ],
  defaultPhases: [{ kind: 'verify', step: 0, httpMethod: 'GET', url: null }],
  defaultParameters: [],
  optionGroups: ['common', 'oauth1', 'callback'],
  defaultOptions: defaultsOf({}),
  filledVariables: [],
  unusedVariables: () => [],
  applyCredentials: () => succeed(nothingApplied),
}
