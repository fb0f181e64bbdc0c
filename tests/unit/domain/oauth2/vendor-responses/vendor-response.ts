import type { ValueToStore, TokenGrant } from '@/lib/domain/oauth2/token-response'
import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import type { SuccessRule } from '@/lib/domain/definitions'
import type { AuthenticationType } from '@/lib/domain/vocabulary'

/** A documented response of a vendor's token endpoint, the settings for it, and the expected result. */
export type VendorResponse = {
  vendor: string
  what: string
  /** Default: OAuth 2 (authorisation code). */
  type?: AuthenticationType
  phase?: 'exchange' | 'refresh'
  options?: Partial<MethodOptions>
  successRule?: SuccessRule
  /** One per token request; an object is sent as JSON. */
  responses: { status?: number; headers?: [string, string][]; body: string | object }[]
} & ({ grant: Partial<TokenGrant> } | { refused: Refused })

export type Refused = {
  outcome: 'rejected' | 'could_not_tell'
  code: string
  /** Part of the message that a person sees. */
  says: string
  grantDead?: boolean
}

/** When the responses are received. */
export const receivedAt = new Date('2026-01-01T00:00:00Z')

export function afterSeconds(seconds: number): Date {
  return new Date(receivedAt.getTime() + seconds * 1000)
}

export function stored(key: string, value: string, given: Partial<ValueToStore> = {}): ValueToStore {
  return { key, value, secret: false, expiresAt: null, ...given }
}

export function keep(
  variable: string,
  path: string,
  given: Partial<MethodOptions['kept'][number]> = {},
): MethodOptions['kept'][number] {
  return { variable, path, secret: false, expiryPath: '', ...given }
}
