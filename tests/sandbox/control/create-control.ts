import type { AuthorisationStore } from '../oauth/store'
import { createProtocolStore } from '../protocols/store'
import { resetState, type Limited, type SandboxState } from '../state'
import { testCertificates } from '../tls/certificates'
import type { SandboxControl, TokenCall } from './control'

function limited<Value>(value: Value, times = Number.POSITIVE_INFINITY): Limited<Value> {
  return { value, times }
}

/** `refresh_token.succeeded` → 1, `refresh_token` → 2, `total` → 3 */
function countCalls(calls: TokenCall[]): Record<string, number> {
  const counts: Record<string, number> = { total: calls.length }
  for (const { grantType, outcome } of calls) {
    for (const name of [grantType, `${grantType}.${outcome ?? 'pending'}`]) counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

async function waitUntil(condition: () => boolean, timeoutMs: number, what: string): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what} without success`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function tokenControl(state: SandboxState, store: AuthorisationStore) {
  return {
    getTokenCalls: async () => ({ calls: state.tokenCalls, counts: countCalls(state.tokenCalls) }),
    setTokenDelay: async ({ beforeMs = 0, afterMs = 0, times }) => {
      state.tokenDelay = limited({ beforeMs, afterMs }, times)
    },
    holdTokenCalls: async ({ at }) => {
      state.releaseHold()
      state.tokenHold = at
      state.holdEnded = new Promise((resolve) => {
        state.releaseHold = resolve
      })
    },
    releaseTokenCalls: async () => {
      state.tokenHold = null
      state.releaseHold()
    },
    waitForHeldTokenCalls: ({ count, timeoutMs = 10_000 }) =>
      waitUntil(
        () => (count === 0 ? state.heldTokenCalls === 0 : state.heldTokenCalls >= count),
        timeoutMs,
        `${count} blocked token calls`,
      ),
    answerToken: async ({ answer, times }) => {
      state.tokenAnswer = answer && limited(answer, times)
    },
    setTokenLifetime: async ({ seconds }) => {
      state.tokenLifetimeSeconds = seconds
    },
    expireAccessTokens: async () => {
      store.removeAll('AccessToken', 'ClientCredentials')
      state.protocols.issued.forEach((issued) => (issued.expiresAt = 0))
    },
    revokeRefreshTokens: async () => {
      store.removeAll('RefreshToken')
      state.protocols.renewTokens.clear()
    },
    revokeGrants: async () => {
      store.removeAll('AccessToken', 'ClientCredentials', 'RefreshToken', 'Grant')
      Object.assign(state.protocols, createProtocolStore())
    },
    getRevocations: async () => state.revocations,
    expireNonces: async () => state.protocols.digestNonces.clear(),
  } satisfies Partial<SandboxControl>
}

function apiControl(state: SandboxState) {
  return {
    setBasicPassword: async ({ password }) => {
      state.basicPassword = password
    },
    setApiToken: async ({ token }) => {
      state.apiToken = token
    },
    failApi: async ({ times, ...fault }) => {
      state.apiFault = limited(fault, times)
    },
    delayApi: async ({ times, ...delay }) => {
      state.apiDelay = limited(delay, times)
    },
    setRateLimit: async ({ perSecond }) => {
      state.rateLimit = perSecond
    },
    getRequests: async ({ server, path } = {}) =>
      state.requests.filter(
        (request) => (!server || request.server === server) && (!path || request.url.split('?')[0] === path),
      ),
    clearRequests: async () => {
      state.requests = []
    },
  } satisfies Partial<SandboxControl>
}

export function createControl(state: SandboxState, store: AuthorisationStore): SandboxControl {
  return {
    ...tokenControl(state, store),
    ...apiControl(state),
    reset: async () => {
      store.clear()
      resetState(state)
    },
    setIssuerParameter: async ({ mode }) => {
      state.issuerMode = mode
    },
    addRedirectUri: async ({ uri }) => {
      state.redirectUris.add(uri)
    },
    getCertificates: async () => testCertificates(),
    setEvilMode: async ({ mode }) => {
      state.evilMode = mode
    },
  }
}
