import type { ErrorCode } from '@/lib/domain/errors'

const headings: Partial<Record<ErrorCode, string>> = {
  authorisation_denied: 'Access was not granted',
  state_unknown: 'This authorisation is unknown',
  state_used: 'This authorisation was already used',
  state_expired: 'This authorisation has expired',
  state_superseded: 'This authorisation was replaced',
  state_foreign: 'This authorisation was started elsewhere',
  code_missing: 'The third party sent no code',
  parameter_repeated: 'The response has a duplicate parameter',
  issuer_mismatch: 'The response came from another server',
  token_mismatch: 'The response belongs to another authorisation',
  method_changed: 'The authentication method has changed',
  changed_by_someone_else: 'The instance has changed',
  token_refused: 'The third party refused the authorisation',
  timed_out: 'The third party did not respond in time',
  no_token: 'The third party sent no token',
  invalid_answer: 'The third party’s response could not be read',
  answer_too_large: 'The third party’s response was too large',
  too_costly: 'The response was too large to be read',
  host_not_allowed: 'The token endpoint redirects elsewhere',
  origin_not_confirmed: 'The token endpoint is not confirmed yet',
  too_many_redirects: 'The token endpoint redirects elsewhere',
  address_refused: 'The token endpoint could not be reached',
  dns_failed: 'The token endpoint could not be reached',
  connection_failed: 'The token endpoint could not be reached',
  tls_failed: 'The token endpoint could not be trusted',
  could_not_tell: 'The third party could not issue a token',
  name_taken: 'The name of the instance is already taken',
  not_allowed: 'Your role no longer allows this',
}

export function refusalHeading(code: ErrorCode): string {
  return headings[code] ?? 'The authorisation could not be finished'
}
