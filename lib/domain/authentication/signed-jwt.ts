import { lockedVariable } from './default-variable'
import { defaultsOf } from './options'
import { applyPlacement } from './placement'
import type { AuthenticationTypeDefinition } from './types'

export const signedJwt: AuthenticationTypeDefinition = {
  type: 'signed_jwt',
  label: 'Signed JWT',
  description: 'A JSON Web Token signed with a private key goes with every request, or is exchanged for a token.',
  needsPerson: 'never',
  phases: ['exchange', 'refresh', 'revoke', 'after_connect', 'verify', 'endpoint'],
  urls: [
    { phase: 'exchange', label: 'URL / Token URL', required: false, helpText: 'Where the token is asked for, for example https://oauth.myapp.com/token/{{ account }}.' },
    { phase: 'refresh', label: '(Optional) Re-authenticate URL', required: false, helpText: 'Where tokens are refreshed. Left empty: the token URL.' },
  ],
  defaultVariables: [
    lockedVariable({ key: 'private_key', displayName: 'Private key', secret: true, inputKind: 'multiline' }),
    lockedVariable({ key: 'key_id', displayName: 'Key ID', required: false }),
    lockedVariable({ key: 'issuer', displayName: 'Issuer', required: false }),
    lockedVariable({ key: 'audience', displayName: 'Audience', required: false }),
    lockedVariable({ key: 'lifetime', displayName: 'Lifetime', defaultValue: '300', inputKind: 'number', advanced: true }),
    lockedVariable({ key: 'algorithm', displayName: 'Algorithm', defaultValue: 'RS256', advanced: true }),
    lockedVariable({ key: 'response_authentication_token_key', displayName: 'Response authentication token key', defaultValue: 'access_token', advanced: true }),
  ],
  defaultPhases: [
    { kind: 'exchange', step: 0, httpMethod: 'POST', url: null },
    { kind: 'verify', step: 0, httpMethod: 'GET', url: null },
  ],
  defaultParameters: [],
  optionGroups: ['common', 'placement', 'client', 'answer', 'refresh', 'expired', 'jwt'],
  defaultOptions: defaultsOf({ placement: { place: 'header', key: 'Authorization', value: 'Bearer {{ signed_jwt }}' }, jwt: { algorithm: '{{ algorithm }}', key: '{{ private_key }}', keyEncoding: 'pem', lifetime: '{{ lifetime }}', header: [{ name: 'kid', value: '{{ key_id }}' }], claims: [{ name: 'iss', value: '{{ issuer }}', kind: 'text' }, { name: 'aud', value: '{{ audience }}', kind: 'text' }] } }),
  filledVariables: [],
  unusedVariables: () => [],
  applyCredentials: (input) => applyPlacement(input.options.placement, input),
}
