import type { NewStoredValue } from '@/lib/credentials/stored-values'

/** What a token request brought, not yet stored. */
export type NewTokens = {
  accessToken: string
  refreshToken: string | null
  tokenType: string
  scope: string | null
  /** When the first of its tokens ends; null where nobody knows. */
  expiresAt: Date | null
  stored: NewStoredValue[]
}
