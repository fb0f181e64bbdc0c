import 'server-only'
import { withStoredValues, type Credentials } from '@/lib/credentials/credentials'
import type { Loaded } from '@/lib/calls/types'
import type { PhaseDefinition } from '@/lib/domain/definitions'
import { buildProbeRequest, verifyPhases } from '@/lib/domain/requests/build-probe-request'
import { succeed, type Result } from '@/lib/domain/result'
import type { Cause } from '@/lib/exchange/request-context'
import { signer } from '@/lib/platform/crypto/signer'
import type { OwnToken } from './own-token'

export type SendOptions = {
  cause: Cause
  /** Of typed credentials; null for an instance, which has its own. */
  own: Pick<OwnToken, 'token' | 'stored'> | null
}

/**
 * Everything that a request is built from. With a token that was obtained for this request alone, it is sent with that
 * token, and with the values that were read along with it.
 * @param builderOf how the request is built from the credentials
 */
export function withOwnToken(
  loaded: Result<Credentials>,
  { cause, own }: SendOptions,
  builderOf: (credentials: Credentials) => Result<Loaded['build']>,
): Result<Loaded> {
  if (!loaded.ok) return loaded
  const credentials = own ? withStoredValues(loaded.value, own.stored) : loaded.value
  const build = builderOf(credentials)
  if (!build.ok) return build
  return succeed({
    credentials,
    cause,
    timeoutMs: credentials.method.timeoutSeconds * 1000,
    build: build.value,
    ...(own && { ownToken: own.token }),
  })
}

export function testPhaseOf({ method }: Pick<Credentials, 'method'>, step: number): PhaseDefinition | undefined {
  return verifyPhases(method).find((phase) => phase.step === step)
}

/** Builds a test request of the method; null if the method has none at this step. */
export function testRequestOf(credentials: Credentials, step: number): Loaded['build'] | null {
  const { connector, method, values, confirmedOrigins } = credentials
  const phase = testPhaseOf(credentials, step)
  if (!phase) return null
  return (reserved) => buildProbeRequest({ connector, method, values, confirmedOrigins, reserved, signer }, phase)
}
