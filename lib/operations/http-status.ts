import type { ErrorCode } from '@/lib/domain/errors'

/** The HTTP status of every refusal: the one table for everything that answers over HTTP (RFC 9110 §15, DATA §13). */
export const httpStatusOf: Record<ErrorCode, number> = {
  not_signed_in: 401,
  not_allowed: 403,
  not_found: 404,
  too_many_attempts: 429,

  invalid_input: 422,
  name_taken: 409,
  changed_by_someone_else: 412,
  in_use: 409,
  locked_variable: 409,
  literal_secret: 422,
  confirmation_needed: 409,

  invalid_template: 422,
  unknown_variable: 422,
  missing_value: 422,
  invalid_value: 422,
  template_limit: 422,

  invalid_url: 422,
  invalid_header: 422,
  host_not_allowed: 422,
  origin_not_confirmed: 409,
  secret_needed_for_new_host: 422,
  endpoint_not_available: 409,
  too_many_requests_waiting: 429,

  address_refused: 422,
  dns_failed: 502,
  connection_failed: 502,
  tls_failed: 502,
  timed_out: 504,
  answer_too_large: 502,
  too_costly: 502,
  too_many_redirects: 502,
  invalid_answer: 502,

  rejected: 422,
  could_not_tell: 422,
  no_credentials: 422,
  no_token: 409,
  token_refused: 502,
  needs_authorising_again: 409,
  invalid_certificate: 422,

  authorisation_denied: 403,
  state_unknown: 404,
  state_used: 409,
  state_expired: 410,
  state_superseded: 409,
  state_foreign: 403,
  code_missing: 422,
  parameter_repeated: 422,
  issuer_mismatch: 422,
  token_mismatch: 422,
  method_changed: 409,

  key_unknown: 500,
  unexpected: 500,
}
