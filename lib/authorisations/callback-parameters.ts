import type { SearchParams } from '@/lib/platform/lists/list-page'

/**
 * The query of the callback as the third party sent it, including repeated parameters, which are an error to report
 * (RFC 6749 §3.1).
 */
export function callbackParameters(search: SearchParams): URLSearchParams {
  const pairs = Object.entries(search).flatMap(([key, value]) => [value ?? []].flat().map((one) => [key, one]))
  return new URLSearchParams(pairs)
}
