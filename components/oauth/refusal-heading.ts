import type { ErrorCode } from '@/lib/domain/errors'

const headings: Partial<Record<ErrorCode, string>> = {
  authorisation_denied: 'Access was not granted',
  state_unknown: 'This authorisation is not known',
  state_used: 'This authorisation was already used',
  state_expired: 'This authorisation has expired',
  state_superseded: 'This authorisation was replaced',
  state_foreign: 'This authorisation was begun elsewhere',
  code_missing: 'The third party sent no code',
  parameter_repeated: 'The response has a duplicate parameter',
  issuer_mismatch: 'The answer came from another server',
  token_mismatch: 'The answer belongs to another authorisation',
  method_changed: 'The authentication method was changed meanwhile',
  changed_by_someone_else: 'The instance was changed meanwhile',
  token_refused: 'The third party refused the authorisation',
  timed_out: 'The third party did not answer in time',
  no_token: 'The third party sent no token',
  invalid_answer: 'The third party’s answer could not be read',
  answer_too_large: 'The third party’s answer was too large',
  too_costly: 'The response was too large to be read',
  host_not_allowed: 'The token endpoint led elsewhere',
  origin_not_confirmed: 'The token endpoint is not confirmed yet',
  too_many_redirects: 'The token endpoint led elsewhere',
  address_refused: 'The token endpoint could not be reached',
  dns_failed: 'The token endpoint could not be reached',
  connection_failed: 'The token endpoint could not be reached',
  tls_failed: 'The token endpoint could not be trusted',
  could_not_tell: 'The third party could not answer',
  name_taken: 'The name of the instance was taken meanwhile',
  not_allowed: 'Your role no longer allows this',
}

export function refusalHeading(code: ErrorCode): string {
  return headings[code] ?? 'The authorisation could not be finished'
}
