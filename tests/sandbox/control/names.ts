import type { SandboxControl } from './control'

const names: Record<keyof SandboxControl, true> = {
  reset: true,
  getTokenCalls: true,
  setTokenDelay: true,
  holdTokenCalls: true,
  releaseTokenCalls: true,
  waitForHeldTokenCalls: true,
  answerToken: true,
  setTokenLifetime: true,
  expireAccessTokens: true,
  revokeRefreshTokens: true,
  revokeGrants: true,
  getRevocations: true,
  expireNonces: true,
  setIssuerParameter: true,
  addRedirectUri: true,
  setBasicPassword: true,
  setApiToken: true,
  failApi: true,
  delayApi: true,
  setRateLimit: true,
  getRequests: true,
  clearRequests: true,
  getCertificates: true,
  setEvilMode: true,
}

/** The compiler ensures that this list is complete. */
export const controlNames = Object.keys(names) as (keyof SandboxControl)[]
