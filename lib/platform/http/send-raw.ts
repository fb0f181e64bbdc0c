import 'server-only'
import type { Readable } from 'node:stream'
import { createRedactor } from '@/lib/domain/redaction'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import { refuse, type Refusal, type Result } from '@/lib/domain/result'
import type { ResponseBody } from './response-body'
import type { HopResponse } from './dispatch-hop'
import { Exchange, Withheld } from './exchange-under-way'
import { currentNetwork, type Network } from './network'
import { checkOrigin, isRewritten, mostRedirects, nextHop, redirectTarget, type Hop } from './redirect'
import { checkRequest } from './request-checks'
import type { Delivery, RawSendOptions } from './send-options'
import { Trace, traces, type Timing } from './trace'

/** Sends all requests to URLs from people. The response is a stream, not decompressed. */

export type NoResponse = { ok: false; error: Refusal; delivery: Delivery; timing: Timing }

export type RawResponse = {
  ok: true
  status: number
  /** As received. */
  headers: [string, string][]
  /** A stream of the bytes as received. */
  body: Readable
  /** The same stream, with the number of bytes received so far. */
  received: ResponseBody
  /** As requested; may contain secrets. */
  finalUrl: string
  /** Origins and paths of the redirects that were followed, with secrets redacted. */
  redirects: string[]
  /** The timing so far. */
  timing: () => Timing
  /** Explains an error of the body in words for people, without secrets. */
  explain: (error: unknown) => Refusal
}

export type RawOutcome = RawResponse | NoResponse

/** Sends a request under the current policy. A network problem is an outcome, never an exception. */
export async function sendRaw(
  request: OutboundRequest,
  options: RawSendOptions,
  network: Network = currentNetwork(),
): Promise<RawOutcome> {
  const url = checkRequest(request)
  const permitted = url.ok && options.allowedOrigin ? checkOrigin(url.value, options.allowedOrigin) : url
  if (permitted.ok) return run(new Exchange(permitted.value, options, network), request)
  const error = withoutSecrets(permitted.error, options, url.ok ? url.value : null)
  return { ok: false, error, delivery: 'not_sent', timing: new Trace().timing() }
}

async function run(exchange: Exchange, request: OutboundRequest): Promise<RawOutcome> {
  const failed = (error: Refusal, delivery: Delivery): NoResponse => {
    exchange.finish()
    const redacted = withoutSecrets(error, exchange.options, exchange.current)
    return { ok: false, error: redacted, delivery, timing: exchange.trace.timing() }
  }
  try {
    const { method, headers, body } = request
    const hop: Hop = { method, url: exchange.current, headers, body }
    const found = await traces.run(exchange.trace, () => exchangeHop(exchange, hop))
    return found.ok ? received(exchange, found.value) : failed(found.error, exchange.delivery)
  } catch (error) {
    if (error instanceof Withheld) return failed(error.refusal, 'withheld')
    return failed(exchange.explain(error), exchange.delivery)
  }
}

function received(exchange: Exchange, { status, headers, body }: HopResponse): RawResponse {
  body.whenOver(() => exchange.finish())
  return {
    ...{
      ok: true,
      status,
      headers,
      body,
      received: body,
      finalUrl: exchange.current.href,
      redirects: exchange.redirects,
    },
    timing: () => exchange.trace.timing(),
    explain: (error) => withoutSecrets(exchange.explain(error), exchange.options, exchange.current),
  }
}

async function exchangeHop(exchange: Exchange, hop: Hop): Promise<Result<HopResponse>> {
  exchange.current = hop.url
  const response = await exchange.request(hop)
  exchange.trace.answered()
  const location = exchange.options.followRedirects === false ? null : redirectTarget(response.status, response.headers)
  if (location === null) return { ok: true, value: response }
  // A body that was streamed cannot be sent again: the caller gets the redirect.
  if (exchange.body && !isRewritten(hop, response.status)) return { ok: true, value: response }
  exchange.body = undefined
  response.body.on('error', () => {}).destroy()
  return follow(exchange, hop, response.status, location)
}

async function follow(exchange: Exchange, hop: Hop, status: number, location: string): Promise<Result<HopResponse>> {
  if (exchange.redirects.length >= mostRedirects) {
    return refuse(
      'too_many_redirects',
      `${hop.url.host} keeps redirecting: there was no final response after ${mostRedirects} redirects. Check the URL.`,
    )
  }
  const next = nextHop(hop, status, location, exchange.rules)
  if (!next.ok) return next
  const { url } = next.value
  // A client certificate is a credential too, so it is not used for another origin.
  if (url.origin !== hop.url.origin) exchange.tls = { caPem: exchange.tls.caPem }
  exchange.redirects.push(createRedactor({ secrets: exchange.options.secrets }).text(url.origin + url.pathname))
  exchange.trace.again()
  return exchangeHop(exchange, next.value)
}

/** Redacts the addresses in a message, which may contain secrets; our own words never do. */
function withoutSecrets(error: Refusal, { secrets }: RawSendOptions, url: URL | null): Refusal {
  const { text } = createRedactor({ secrets })
  const hosts = url === null ? [] : [url.host, url.hostname].filter((host) => text(host) !== host)
  const message = hosts.reduce((words, host) => words.replaceAll(host, text(host)), error.message)
  return { ...error, message: message.replace(/\S+[./:@]\S+/g, text) }
}
