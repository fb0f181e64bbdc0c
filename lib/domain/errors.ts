/** All reasons for which the product refuses something. A closed set: add a new reason here. */
export const errorCodes = [
  // People and access
  'not_signed_in',
  'not_allowed',
  'not_found',
  'too_many_attempts',
  'link_unknown',
  'link_expired',
  // Editing
  'invalid_input',
  'name_taken',
  'changed_by_someone_else',
  'in_use',
  'locked_variable',
  'literal_secret',
  'confirmation_needed',
  // Variables and templates
  'invalid_template',
  'unknown_variable',
  'missing_value',
  'invalid_value',
  'template_limit',
  // Building a request
  'invalid_url',
  'invalid_header',
  'host_not_allowed',
  'origin_not_confirmed',
  'secret_needed_for_new_host',
  'endpoint_not_available',
  'disabled',
  'too_many_requests_waiting',
  // Sending
  'address_refused',
  'dns_failed',
  'connection_failed',
  'tls_failed',
  'timed_out',
  'answer_too_large',
  'too_costly',
  'too_many_redirects',
  'invalid_answer',
  // Credentials
  'rejected',
  'could_not_tell',
  'no_credentials',
  'no_token',
  'token_refused',
  'needs_authorising_again',
  'invalid_certificate',
  // OAuth callback
  'authorisation_denied',
  'state_unknown',
  'state_used',
  'state_expired',
  'state_superseded',
  'state_foreign',
  'code_missing',
  'parameter_repeated',
  'issuer_mismatch',
  'token_mismatch',
  'method_changed',
  // The installation
  'key_unknown',
  'sandbox_unavailable',
  'unexpected',
] as const

export type ErrorCode = (typeof errorCodes)[number]
