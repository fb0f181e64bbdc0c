import { refuse, type Result } from '../result'
import type { Placement } from '../method-options/options-schema'
import { applyPlacement } from './placement'
import type { AppliedCredentials, CredentialInput } from './types'

/** @see RFC 6750 §2.1 */
export const bearer: Placement = { place: 'header', key: 'Authorization', value: 'Bearer {{ access_token }}' }

/** For types that obtain a token first: without a token nothing is sent. */
export function applyAccessToken(input: CredentialInput): Result<AppliedCredentials> {
  if (!input.context.reserved?.access_token) {
    return refuse('no_token', 'This instance has no access token yet. Authorise it first.')
  }
  return applyPlacement(input.options.placement, input)
}
