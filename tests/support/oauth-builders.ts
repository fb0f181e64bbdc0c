import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { signer } from '@/lib/platform/crypto/signer'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { buildTokenRequest, type TokenRequestInput } from '@/lib/domain/oauth2/token-request'
import type { Result } from '@/lib/domain/result'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { aConnector, aMethod, aPhase, methodValues, valueOf } from './definition-builders'

/** Builds token requests for tests of their rules. */

export const requestMoment = '2026-01-01T00:00:00.000Z'

/** A method that gets tokens without a person, with its token URL. */
export function aTokenMethod(
  type: AuthenticationType,
  options: object = {},
  given: Partial<MethodDefinition> = {},
): MethodDefinition {
  return aMethod(type, {
    options: { ...authenticationTypeDefinitions[type].defaultOptions, ...options },
    phases: [aPhase('exchange', { url: 'https://login.acme.test/token', httpMethod: 'POST' }), aPhase('refresh')],
    ...given,
  })
}

export function buildToken(
  method: MethodDefinition,
  values: Record<string, string>,
  given: Partial<TokenRequestInput> = {},
): Result<BuiltRequest> {
  return buildTokenRequest({
    ...{
      connector: aConnector(),
      method,
      values: { instance: methodValues(values) },
      grant: { kind: 'exchange' },
      confirmedOrigins: originsUnchecked,
    },
    context: { signer, reserved: { now: requestMoment, uuid: 'request-1', nonce: 'nonce-1' } },
    ...given,
  })
}

/** The fields of a form body. */
export function formOfRequest(built: Result<BuiltRequest>): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(String(valueOf(built).request.body)))
}

export function headerOfRequest(built: Result<BuiltRequest>, name: string): string | undefined {
  return valueOf(built).request.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}
