import type { NewStoredValue } from '@/lib/credentials/stored-values'

/** The tokens from a token request, not yet stored. */
export type NewTokens = {
  accessToken: string
  refreshToken: string | null
  tokenType: string
  scope: string | null
  /** When the first of the tokens expires; null if unknown. */
  expiresAt: Date | null
  stored: NewStoredValue[]
}
