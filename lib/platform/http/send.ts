import 'server-only'
import { createRedactor } from '@/lib/domain/redaction'
import type { OutboundAnswer } from '@/lib/domain/http-messages'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import { refuse, type Refusal, type Result } from '@/lib/domain/result'
import { dispatcherFor, isRepeatable } from './dispatchers'
import { explainFailure } from './explain-failure'
import { currentNetwork, type Network } from './network'
import { acceptedEncodings, readBody } from './read-body'
import { checkOrigin, mostRedirects, nextHop, redirectTarget } from './redirect'
import type { AllowedOrigin, CredentialNames, Hop, RedirectRules } from './redirect'
import { checkRequest } from './request-checks'
import type { TlsMaterial } from './tls-context'
import { Trace, traces, type Timing } from './trace'

/** The only way out to a URL that a person gave. */

export const defaultMaxAnswerBytes = 10 * 1024 * 1024

export type SendOptions = {
  /** For everything together: name service, connection, redirects, the whole answer. */
  timeoutMs: number
  tls?: TlsMaterial
  /** Decompressed. */
  maxAnswerBytes?: number
  /** Where the caller placed credentials, besides Authorization and Cookie; they never follow a redirect to another origin. */
  credentialNames?: CredentialNames
  /** False: an answer that redirects is the answer. */
  followRedirects?: boolean
  /** Asked before the first request and before each redirect. */
  allowedOrigin?: AllowedOrigin
  /** Removed from every message. */
  secrets: readonly string[]
  signal?: AbortSignal
}

export type SendOutcome =
  | {
      ok: true
      /** The body is decompressed; the headers are as they came. */
      answer: OutboundAnswer
      /** As it was requested: may hold secrets. */
      finalUrl: string
      /** Origins and paths of the redirects that were followed, fit to be shown. */
      redirects: string[]
      timing: Timing
    }
  | { ok: false; error: Refusal; timing: Timing }

type Exchange = {
  network: Network
  options: SendOptions
  rules: RedirectRules
  trace: Trace
  deadline: AbortSignal
  signal: AbortSignal
  /** The URL that is being asked, for the words of a failure. */
  current: URL
  redirects: string[]
  /** A client certificate is a credential too: it stays with the origin it was meant for. */
  tls: TlsMaterial
}

type RawAnswer = Awaited<ReturnType<ReturnType<typeof dispatcherFor>['request']>>

function withDefaults(headers: Hop['headers']): Hop['headers'] {
  const given = new Set(headers.map(([name]) => name.toLowerCase()))
  const defaults: Hop['headers'] = [
    ['accept', '*/*'],
    ['accept-encoding', acceptedEncodings],
    ['user-agent', 'Patchbay'],
  ]
  return [...headers, ...defaults.filter(([name]) => !given.has(name))]
}

/** The pool notices an abort only once it has a connection; whoever waits is told at once. */
async function unlessAborted<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  let stop = () => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', stop))
}

async function dispatch(exchange: Exchange, hop: Hop): Promise<RawAnswer> {
  exchange.signal.throwIfAborted()
  const dispatcher = dispatcherFor(exchange.network, exchange.tls, hop.method)
  const answer = dispatcher.request({
    origin: hop.url.origin,
    path: hop.url.pathname + hop.url.search,
    method: hop.method,
    headers: withDefaults(hop.headers).flat(),
    body: hop.body,
    responseHeaders: 'raw',
    signal: exchange.signal,
  })
  return unlessAborted(exchange.signal, answer)
}

const connectionLost = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/** A connection kept from before may have been closed by the server meanwhile: what may be repeated is sent once more. */
async function request(exchange: Exchange, hop: Hop): Promise<RawAnswer> {
  const connections = exchange.trace.connections
  try {
    return await dispatch(exchange, hop)
  } catch (error) {
    const lost =
      connectionLost.has((error as { code?: string }).code ?? '') && exchange.trace.connections === connections
    if (!lost || !isRepeatable(hop.method) || exchange.signal.aborted) throw error
    return dispatch(exchange, hop)
  }
}

/** The pool was asked for raw headers: name and value in turn, as text or bytes. */
function headerPairs(raw: unknown): [string, string][] {
  const flat = (raw as (string | Buffer)[]).map((part) => (typeof part === 'string' ? part : part.toString('latin1')))
  return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? ''] as [string, string]] : []))
}

function withoutSecrets(text: string, options: SendOptions): string {
  return createRedactor({ secrets: options.secrets }).text(text)
}

async function answerTo(exchange: Exchange, hop: Hop): Promise<Result<{ answer: OutboundAnswer; url: URL }>> {
  exchange.current = hop.url
  const raw = await request(exchange, hop)
  exchange.trace.answered()
  const headers = headerPairs(raw.headers)
  const location = exchange.options.followRedirects === false ? null : redirectTarget(raw.statusCode, headers)
  if (location !== null) {
    raw.body.on('error', () => {}).destroy()
    return follow(exchange, hop, raw.statusCode, location)
  }
  const body = await readBody(raw.body, headers, exchange.options.maxAnswerBytes ?? defaultMaxAnswerBytes)
  return { ok: true, value: { answer: { status: raw.statusCode, headers, body }, url: hop.url } }
}

function follow(
  exchange: Exchange,
  hop: Hop,
  status: number,
  location: string,
): ReturnType<typeof answerTo> | ReturnType<typeof refuse> {
  if (exchange.redirects.length >= mostRedirects) {
    return refuse(
      'too_many_redirects',
      `${hop.url.host} keeps redirecting: after ${mostRedirects} redirects there was still no answer. Check the URL.`,
    )
  }
  const next = nextHop(hop, status, location, exchange.rules)
  if (!next.ok) return next
  if (next.value.url.origin !== hop.url.origin) exchange.tls = { caPem: exchange.tls.caPem }
  exchange.redirects.push(withoutSecrets(next.value.url.origin + next.value.url.pathname, exchange.options))
  exchange.trace.again()
  return answerTo(exchange, next.value)
}

function begin(url: URL, options: SendOptions, network: Network): Exchange {
  const deadline = AbortSignal.timeout(options.timeoutMs)
  const rules: RedirectRules = {
    credentialNames: options.credentialNames ?? { headers: [], queryKeys: [] },
    secrets: options.secrets,
    allowedOrigin: options.allowedOrigin ?? (() => true),
  }
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline
  return {
    network,
    options,
    rules,
    trace: new Trace(),
    deadline,
    signal,
    current: url,
    redirects: [],
    tls: options.tls ?? {},
  }
}

function explained(exchange: Exchange, error: unknown): Refusal {
  return explainFailure(error, {
    url: exchange.current,
    phase: exchange.trace.phase,
    timeoutMs: exchange.options.timeoutMs,
    deadlinePassed: exchange.deadline.aborted,
    stopped: exchange.options.signal?.aborted ?? false,
  })
}

async function run(exchange: Exchange, request: OutboundRequest): Promise<SendOutcome> {
  const timing = () => exchange.trace.timing()
  const failed = (error: Refusal): SendOutcome => ({
    ok: false,
    error: shownRefusal(error, exchange.options),
    timing: timing(),
  })
  try {
    const hop: Hop = { method: request.method, url: exchange.current, headers: request.headers, body: request.body }
    const found = await traces.run(exchange.trace, () => answerTo(exchange, hop))
    if (!found.ok) return failed(found.error)
    const { answer, url } = found.value
    return { ok: true, answer, finalUrl: url.href, redirects: exchange.redirects, timing: timing() }
  } catch (error) {
    return failed(explained(exchange, error))
  }
}

function shownRefusal(error: Refusal, options: SendOptions): Refusal {
  return { ...error, message: withoutSecrets(error.message, options) }
}

/** Sends one request under the policy in force. What goes wrong on the network is an outcome, never an exception. */
export async function send(
  request: OutboundRequest,
  options: SendOptions,
  network: Network = currentNetwork(),
): Promise<SendOutcome> {
  const url = checkRequest(request)
  const permitted = url.ok && options.allowedOrigin ? checkOrigin(url.value, options.allowedOrigin) : url
  if (permitted.ok) return run(begin(permitted.value, options, network), request)
  return { ok: false, error: shownRefusal(permitted.error, options), timing: new Trace().timing() }
}
