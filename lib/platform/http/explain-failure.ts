import type { Refusal } from '@/lib/domain/result'
import { SendFailure } from './failure'
import { tlsFailureMessage } from './tls-failures'
import type { TracePhase } from './trace'

/** Explains a failure of sending as a refusal: what happened, why, and how to fix it. */

export type FailureContext = {
  url: URL
  phase: TracePhase
  timeoutMs: number
  /** The deadline of the whole exchange has passed. */
  deadlinePassed: boolean
  /** The caller gave up. */
  stopped: boolean
}

const seconds = (milliseconds: number) =>
  milliseconds >= 1000 ? `${Math.round(milliseconds / 100) / 10} s` : `${milliseconds} ms`

const whileIn: Record<TracePhase, (url: URL) => string> = {
  resolving: (url) => `the name ${url.hostname} was not resolved`,
  connecting: (url) => `no connection to ${url.host} was made`,
  securing: (url) => `${url.host} did not finish the TLS handshake`,
  waiting: (url) => `${url.host} did not respond`,
  reading: (url) => `${url.host} began to respond but did not finish`,
}

function timedOut({ url, phase, timeoutMs }: FailureContext): Refusal {
  return {
    code: 'timed_out',
    message: `Timed out: ${whileIn[phase](url)} within ${seconds(timeoutMs)}. Try again later, or raise the timeout limit.`,
  }
}

const nameFailures: Record<string, (host: string) => string> = {
  ENOTFOUND: (host) => `The name ${host} does not exist. Check the spelling of the host in the URL.`,
  ENODATA: (host) => `The name ${host} exists but has no address. Check the spelling of the host in the URL.`,
  EAI_AGAIN: (host) =>
    `The name ${host} could not be resolved, because the name service did not respond. Try again later.`,
}

const connectionFailures: Record<string, (url: URL) => string> = {
  ECONNREFUSED: (url) =>
    `${url.host} refused the connection: nothing listens on that port, or a firewall blocks it. Check host and port in the URL.`,
  ECONNRESET: (url) => `${url.host} closed the connection before it responded. Try again later.`,
  EPIPE: (url) => `${url.host} closed the connection before it responded. Try again later.`,
  UND_ERR_SOCKET: (url) => `${url.host} closed the connection before its response was complete. Try again later.`,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: (url) =>
    `${url.host} closed the connection before its response was complete. Try again later.`,
  ETIMEDOUT: (url) =>
    `${url.host} cannot be reached: the connection was not accepted in time. Check host and port, and whether a firewall blocks them.`,
  EHOSTUNREACH: (url) => `${url.host} cannot be reached: there is no route to it from this server.`,
  ENETUNREACH: (url) => `${url.host} cannot be reached: there is no route to it from this server.`,
  EADDRNOTAVAIL: (url) => `${url.host} cannot be reached from this server.`,
}

const responseFailures = /^(HPE_|UND_ERR_HEADERS_OVERFLOW|Z_|ERR__ERROR_FORMAT|ERR_BROTLI|ERR_PADDING)/

function responseFailure(code: string, url: URL): Refusal {
  const compressed = !/^(HPE_|UND_)/.test(code)
  const what = compressed ? 'is marked as compressed but does not unpack' : 'is not valid HTTP'
  return { code: 'invalid_answer', message: `The response of ${url.host} ${what} (${code}).` }
}

function codeOf(error: unknown): { code: string; error: object } {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors.at(-1))
  if (typeof error !== 'object' || error === null) return { code: 'unknown', error: {} }
  if ('code' in error && typeof error.code === 'string') return { code: error.code, error }
  return { code: error instanceof Error && /HTTPParser/.test(error.name) ? 'HPE_INVALID' : 'unknown', error }
}

/** The message may contain parts of the URL; the caller redacts secrets in them. */
export function explainFailure(error: unknown, context: FailureContext): Refusal {
  if (context.stopped) return { code: 'timed_out', message: 'The request was stopped before a response arrived.' }
  if (context.deadlinePassed) return timedOut(context)
  if (error instanceof SendFailure) return error.refusal
  const { url } = context
  const found = codeOf(error)
  const tls = tlsFailureMessage(found.error, found.code, url.hostname)
  if (tls !== null) return { code: 'tls_failed', message: tls }
  const connection = connectionFailures[found.code]
  if (connection) return { code: 'connection_failed', message: connection(url) }
  if (responseFailures.test(found.code)) return responseFailure(found.code, url)
  const name = nameFailures[found.code]
  if (name || context.phase === 'resolving') {
    return {
      code: 'dns_failed',
      message: (name ?? ((host) => `The name ${host} could not be resolved (${found.code}).`))(url.hostname),
    }
  }
  return { code: 'connection_failed', message: `The request to ${url.host} failed (${found.code}). Try again later.` }
}
