/** An access token that one of our protocols has issued. */
export type IssuedToken = { account: string; expiresAt: number }

export type Oauth1Request = { consumerKey: string; secret: string; callback: string; verifier: string | null }
export type Oauth1Token = { consumerKey: string; secret: string; account: string }

/** The protocols' state between requests. */
export type ProtocolStore = {
  /** Keys are `session:<token>` or `vendor:<token>`. */
  issued: Map<string, IssuedToken>
  /** Single-use tickets of the two-step login, with their expiry time. */
  tickets: Map<string, number>
  /** Codes of the vendor's authorisations → redirect URI. */
  vendorCodes: Map<string, string>
  /** Single-use tokens that renew a vendor's token. */
  renewTokens: Set<string>
  oauth1Requests: Map<string, Oauth1Request>
  oauth1Tokens: Map<string, Oauth1Token>
  /** Used nonces, prefixed with their protocol. */
  usedNonces: Set<string>
  /** Nonces issued for Digest, with the highest count received. */
  digestNonces: Map<string, { givenAt: number; count: number }>
}

export function createProtocolStore(): ProtocolStore {
  return {
    issued: new Map(),
    tickets: new Map(),
    vendorCodes: new Map(),
    renewTokens: new Set(),
    oauth1Requests: new Map(),
    oauth1Tokens: new Map(),
    usedNonces: new Set(),
    digestNonces: new Map(),
  }
}
