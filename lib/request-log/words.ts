/** The words of the request log. Apart from the views: the browser loads them too. */

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
  refused: 'Refused by the third party',
  failed: 'Failed',
  not_sent: 'Not sent',
} as const
export type RequestOutcome = keyof typeof requestOutcomes
