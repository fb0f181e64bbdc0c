import type { TestCertificates } from '../tls/certificates'

/** How a test controls the sandbox, in the same process or over HTTP. */

export type SandboxServer = 'main' | 'evil' | 'tls'

export type RequestRecord = {
  at: string
  server: SandboxServer
  method: string
  /** Path and query. */
  url: string
  headers: Record<string, string>
  body: string
  /** Status of the response; null until it is sent. */
  status: number | null
}

export type TokenOutcome =
  | 'succeeded'
  | 'refused'
  /** The caller disconnected before the call was processed: nothing was issued or rotated. */
  | 'abandoned'
  /** The response of answerToken() was sent, without processing the call. */
  | 'scripted'

export type TokenCall = {
  at: string
  grantType: string
  /** Null while it is being processed. */
  outcome: TokenOutcome | null
  status: number | null
  /** The OAuth error code. */
  error: string | null
  /** False if the caller had disconnected before the response could be delivered. */
  delivered: boolean
  contentType: string
  authorization: string
  parameters: Record<string, string>
}

export type TokenCalls = {
  calls: TokenCall[]
  /** Number of calls by grant type and outcome: `count('refresh_token', 'succeeded')`. */
  counts: Record<string, number>
}

export type TokenHold = 'before_commit' | 'after_commit'

export type TokenAnswer =
  /** An OAuth error response (RFC 6749 §5.2). */
  | { kind: 'error'; error: string; description?: string; status?: number }
  /** 200 with text that is not JSON. */
  | { kind: 'nonsense' }
  /** An HTML error page. */
  | { kind: 'html'; status?: number }
  /** The real response, form-encoded. */
  | { kind: 'form' }
  /** The real response without the access token. */
  | { kind: 'no_token' }
  /** The real response under `data.credentials`, the token as `token`. */
  | { kind: 'nested' }
  /** The real response without `expires_in`. */
  | { kind: 'no_expiry' }
  /** The real response without a refresh token. */
  | { kind: 'no_refresh_token' }
  /** The real response with additional members. */
  | { kind: 'with'; members: Record<string, string | number> }
  /** 11 MB of JSON. */
  | { kind: 'huge' }
  /** The connection is closed. */
  | { kind: 'disconnect' }
  /** No response is ever sent. */
  | { kind: 'never' }
  | { kind: 'literal'; status: number; contentType: string; body: string }

/** A token that a caller has revoked (RFC 7009, or a vendor's own way). */
export type Revocation = { at: string; clientId: string; token: string; tokenTypeHint: string; status: number }

export type IssuerMode = 'right' | 'wrong' | 'absent'

/** What the evil server does with an authorisation: it redirects to the honest server, or returns its own code. */
export type EvilMode = 'mix_up' | 'own_code'

export type ApiFault = { status: number; path?: string; retryAfterSeconds?: number }

export type SandboxControl = {
  /** Restores the initial data and settings; removes all records, tokens and grants. */
  reset(): Promise<void>
  getTokenCalls(): Promise<TokenCalls>
  setTokenDelay(input: { beforeMs?: number; afterMs?: number; times?: number }): Promise<void>
  holdTokenCalls(input: { at: TokenHold }): Promise<void>
  /** Lets the blocked calls continue; later ones are not blocked. */
  releaseTokenCalls(): Promise<void>
  /** Resolves when at least that many calls are blocked; with 0, when none is. */
  waitForHeldTokenCalls(input: { count: number; timeoutMs?: number }): Promise<void>
  answerToken(input: { answer: TokenAnswer | null; times?: number }): Promise<void>
  setTokenLifetime(input: { seconds: number }): Promise<void>
  /** Tokens of the authorisation server, of sessions and of the unusual vendor. */
  expireAccessTokens(): Promise<void>
  revokeRefreshTokens(): Promise<void>
  revokeGrants(): Promise<void>
  getRevocations(): Promise<Revocation[]>
  /** All Digest nonces issued so far become stale. */
  expireNonces(): Promise<void>
  setIssuerParameter(input: { mode: IssuerMode }): Promise<void>
  addRedirectUri(input: { uri: string }): Promise<void>
  setBasicPassword(input: { password: string }): Promise<void>
  setApiToken(input: { token: string }): Promise<void>
  failApi(input: ApiFault & { times?: number }): Promise<void>
  delayApi(input: { ms: number; path?: string; times?: number }): Promise<void>
  setRateLimit(input: { perSecond: number | null }): Promise<void>
  getRequests(filter?: { server?: SandboxServer; path?: string }): Promise<RequestRecord[]>
  clearRequests(): Promise<void>
  getCertificates(): Promise<TestCertificates>
  setEvilMode(input: { mode: EvilMode }): Promise<void>
}
