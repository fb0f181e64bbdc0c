import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Caller } from '../api/caller'
import { ApiFaultError } from '../api/fault'
import type { SandboxState } from '../state'

/** A received request with its body, which a signature covers. */
export type ArrivedRequest = {
  method: string
  url: URL
  /** Path and query, unchanged. */
  target: string
  headers: IncomingHttpHeaders
  body: string
}

/** An authentication protocol with its own URLs. */
export type Protocol = {
  /** The prefix of /whoami, /orders and the others. */
  prefix: string
  /** Returns the caller, or throws an error with the reason. */
  authenticate: (request: ArrivedRequest) => Caller | Promise<Caller>
  /** Whether reading uses POST, because the credential is in the body. */
  readsByPost?: boolean
  /** Set if the vendor reports errors in another way than with a status. */
  renderFault?: (fault: ApiFaultError) => { status: number; body: unknown }
}

/** A protocol's own URL, for example a token endpoint or a page. */
export type Door = {
  method: string
  path: string
  /** The name under which its calls are counted as token calls. */
  grantType?: string
  answer: (request: ArrivedRequest, response: ServerResponse) => void | Promise<void>
}

export type ProtocolPart = { protocols: Protocol[]; doors: Door[] }
export type CreatePart = (state: SandboxState, url: () => string) => ProtocolPart

export function arrivedRequest(request: IncomingMessage, url: URL, body: string): ArrivedRequest {
  return { method: request.method ?? '', url, target: request.url ?? '', headers: request.headers, body }
}

export function header(request: ArrivedRequest, name: string): string {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(', ') : (value ?? '')
}

/** Members of a form or JSON body, as text. */
export function readMembers(request: ArrivedRequest): Record<string, string> {
  if (!header(request, 'content-type').includes('json')) return Object.fromEntries(new URLSearchParams(request.body))
  try {
    return Object.fromEntries(
      Object.entries(JSON.parse(request.body) as object).map(([key, value]) => [key, String(value)]),
    )
  } catch {
    return {}
  }
}

export function refuse(code: string, message: string, headers: Record<string, string> = {}): never {
  throw new ApiFaultError(401, code, message, headers)
}

const toleranceSeconds = 300

export function refuseOldTime(epochSeconds: number): void {
  if (!Number.isFinite(epochSeconds)) refuse('time_missing', 'The time of the request is missing or invalid')
  const difference = Math.round(Date.now() / 1000 - epochSeconds)
  if (Math.abs(difference) > toleranceSeconds)
    refuse('time_out_of_range', `The request is ${difference} seconds old; at most ${toleranceSeconds} are allowed`)
}

export function refuseUsedNonce(state: SandboxState, protocol: string, nonce: string): void {
  if (nonce === '') refuse('nonce_missing', 'The nonce is missing')
  const key = `${protocol}:${nonce}`
  if (state.protocols.usedNonces.has(key)) refuse('nonce_used', 'The nonce has been used before')
  state.protocols.usedNonces.add(key)
}
