/** Lines of the request log as people see them; all secrets were removed before they were written. */

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

export type RequestSummary = {
  id: string
  /** ISO 8601, UTC. Together with the id it finds the line. */
  at: string
  purpose: RequestPurpose
  outcome: RequestOutcome
  /** Connector, instance and what was done, by their names at the time. */
  subject: string
  /** Whose act caused it; null for what the server did by itself. */
  person: string | null
  connectorId: string | null
  instanceId: string | null
  endpointId: string | null
  flowId: string | null
  correlationId: string
  httpMethod: string
  url: string
  status: number | null
  durationMs: number
  requestBytes: number
  responseBytes: number
  errorCode: string | null
  errorMessage: string | null
}

type Headers = [name: string, value: string][]

export type RequestDetail = RequestSummary & { requestHeaders: Headers; responseHeaders: Headers }

export type RequestBodies = {
  /** False once the bodies' time is over; the line itself is kept longer. */
  kept: boolean
  requestBody: string | null
  responseBody: string | null
  /** At least one of them was longer than what is kept. */
  truncated: boolean
}
