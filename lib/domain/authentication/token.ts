import { succeed, type Result } from '../result'
import { lockedVariable } from './default-variable'
import { applyPlacement } from './placement'
import { asObject, readPlacement } from './read-options'
import type { AppliedCredentials, AuthenticationTypeDefinition, CredentialInput, Placement } from './types'

export type TokenOptions = { placement: Placement }

const defaultOptions: TokenOptions = { placement: { place: 'header', key: 'Authorization', value: 'Bearer {{ token }}' } }

export function readTokenOptions(options: unknown): Result<TokenOptions> {
  const placement = readPlacement(asObject(options), defaultOptions.placement)
  return placement.ok ? succeed({ placement: placement.value }) : placement
}

function applyCredentials(input: CredentialInput): Result<AppliedCredentials> {
  const options = readTokenOptions(input.options)
  return options.ok ? applyPlacement(options.value.placement, input) : options
}

export const token: AuthenticationTypeDefinition = {
  type: 'token',
  label: 'Token-based authentication',
  description: 'A token or an API key that the third party issues, sent with every request in a header, in the URL or in the body.',
  needsPerson: false,
  phases: ['verify', 'endpoint'],
  urls: [],
  defaultVariables: [lockedVariable({ key: 'token', displayName: 'Token', secret: true })],
  defaultPhases: [{ kind: 'verify', step: 0, httpMethod: 'GET', url: null }],
  defaultOptions,
  filledVariables: [],
  unusedVariables: () => [],
  readOptions: readTokenOptions,
  applyCredentials,
}
