/** What an authorisation is bound to, rendered before the person leaves, so that what cannot work is refused before. */
export type Prepared = {
  authoriseUrl: string
  state: string
  /** Kept sealed until the person is back: the PKCE verifier, or the request token with its secret. */
  kept: string | null
  redirectUri: string
  tokenUrl: string
  issuer: string | null
  methodRevision: number
}
