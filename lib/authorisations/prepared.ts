/** Everything that an authorisation is bound to, rendered before the person leaves so that errors appear first. */
export type Prepared = {
  authoriseUrl: string
  state: string
  /** Stored sealed until the person returns: the PKCE verifier, or the request token with its secret. */
  secret: string | null
  redirectUri: string
  tokenUrl: string
  issuer: string | null
  methodRevision: number
}
