/** An access token that a protocol of our own has given out. */
export type IssuedToken = { account: string; expiresAt: number }

export type Oauth1Request = { consumerKey: string; secret: string; callback: string; verifier: string | null }
export type Oauth1Token = { consumerKey: string; secret: string; account: string }

/** What the protocols remember between requests. */
export type ProtocolStore = {
  /** By `session:<token>` or `vendor:<token>`. */
  issued: Map<string, IssuedToken>
  /** Tickets of the two-step login, good once, with the time at which they end. */
  tickets: Map<string, number>
  /** Codes of the vendor's authorisations → redirect URI. */
  vendorCodes: Map<string, string>
  /** What renews a vendor's token, good once. */
  renewTokens: Set<string>
  oauth1Requests: Map<string, Oauth1Request>
  oauth1Tokens: Map<string, Oauth1Token>
  /** Nonces that have been used, each with its protocol in front. */
  usedNonces: Set<string>
  /** Nonces given out for Digest, with the highest count seen. */
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
