/** The labels of the request log. Separate from the views, because the browser loads them too. */

export const requestPurposes = {
  endpoint: 'Endpoint request',
  exchange: 'Get token',
  refresh: 'Refresh token',
  verify: 'Test request',
  revoke: 'Revoke token',
  after_connect: 'After-connect lookup',
} as const
export type RequestPurpose = keyof typeof requestPurposes

export const requestOutcomes = {
  succeeded: 'Succeeded',
  refused: 'Refused (4xx)',
  failed: 'Failed (5xx or no response)',
  not_sent: 'Not sent',
} as const
export type RequestOutcome = keyof typeof requestOutcomes
