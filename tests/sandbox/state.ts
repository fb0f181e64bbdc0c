import { createCatalogue, type Catalogue } from './api/catalogue'
import type {
  ApiFault,
  EvilMode,
  IssuerMode,
  RequestRecord,
  Revocation,
  TokenAnswer,
  TokenCall,
  TokenHold,
} from './control/control'
import { known } from './known'
import { createProtocolStore, type ProtocolStore } from './protocols/store'

/** A setting that applies to the next `times` requests, or until reset. */
export type Limited<Value> = { value: Value; times: number }

/** Everything that a test can set or read. One per sandbox, so that several can run in one process. */
export type SandboxState = {
  catalogue: Catalogue
  basicPassword: string
  apiToken: string
  tokenLifetimeSeconds: number
  tokenDelay: Limited<{ beforeMs: number; afterMs: number }> | null
  tokenHold: TokenHold | null
  /** Released when the hold ends; a new one with each hold. */
  releaseHold: () => void
  holdEnded: Promise<void>
  heldTokenCalls: number
  tokenAnswer: Limited<TokenAnswer> | null
  tokenCalls: TokenCall[]
  issuerMode: IssuerMode
  redirectUris: Set<string>
  evilMode: EvilMode
  apiFault: Limited<ApiFault> | null
  apiDelay: Limited<{ ms: number; path?: string }> | null
  /** Requests per second and caller; null for no limit. */
  rateLimit: number | null
  requests: RequestRecord[]
  revocations: Revocation[]
  protocols: ProtocolStore
}

export function createState(): SandboxState {
  return {
    catalogue: createCatalogue(),
    basicPassword: known.basic.password,
    apiToken: known.apiToken,
    tokenLifetimeSeconds: 3600,
    tokenDelay: null,
    tokenHold: null,
    releaseHold: () => {},
    holdEnded: Promise.resolve(),
    heldTokenCalls: 0,
    tokenAnswer: null,
    tokenCalls: [],
    issuerMode: 'right',
    redirectUris: new Set(),
    evilMode: 'mix_up',
    apiFault: null,
    apiDelay: null,
    rateLimit: 200,
    requests: [],
    revocations: [],
    protocols: createProtocolStore(),
  }
}

/**
 * Resets the state in place, because the servers have a reference to it. Blocked calls continue and are counted until
 * they have finished.
 */
export function resetState(state: SandboxState): void {
  state.releaseHold()
  Object.assign(state, createState(), { heldTokenCalls: state.heldTokenCalls })
}

/** Consumes one of the requests that a setting applies to. */
export function takeOnce<Value>(
  limited: Limited<Value> | null,
  applies: (value: Value) => boolean = () => true,
): Value | null {
  if (!limited || limited.times <= 0 || !applies(limited.value)) return null
  limited.times -= 1
  return limited.value
}
