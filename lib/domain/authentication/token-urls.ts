import type { DefaultPhase, UrlField } from './types'

/** The URLs of types that get a token from the third party. */

export function tokenUrl({ required, helpText }: Pick<UrlField, 'required' | 'helpText'>): UrlField {
  return { phase: 'exchange', label: 'URL / Token URL', required, helpText }
}

export const refreshUrl: UrlField = {
  phase: 'refresh',
  label: '(Optional) Re-authenticate URL',
  required: false,
  helpText: 'Where tokens are refreshed. Default: the token URL.',
}

export const revokeUrl: UrlField = {
  phase: 'revoke',
  label: '(Optional) Revoke URL',
  required: false,
  helpText: 'Where the tokens are revoked when an instance is deleted. Leave empty to let them expire on their own.',
}

export const tokenPhases: readonly DefaultPhase[] = [
  { kind: 'exchange', step: 0, httpMethod: 'POST', url: null },
  { kind: 'refresh', step: 0, httpMethod: null, url: null },
  { kind: 'verify', step: 0, httpMethod: 'GET', url: null },
]
