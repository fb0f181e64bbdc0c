import 'server-only'
import type { Readable } from 'node:stream'
import { createRedactor } from '@/lib/domain/redaction'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import { refuse, type Refusal, type Result } from '@/lib/domain/result'
import type { ResponseBody } from './response-body'
import type { HopResponse } from './dispatch-hop'
import { Exchange, Withheld } from './exchange-under-way'
import { currentNetwork, type Network } from './network'
import { checkOrigin, mostRedirects, nextHop, redirectTarget, type Hop } from './redirect'
import { checkRequest } from './request-checks'
import type { Delivery, RawSendOptions } from './send-options'
import { Trace, traces, type Timing } from './trace'

/** The only way out to a URL that a person gave: the answer as it comes, neither read nor decompressed. */

export type NoResponse = { ok: false; error: Refusal; delivery: Delivery; timing: Timing }

export type RawResponse = {
  ok: true
  status: number
  /** As they came. */
  headers: [string, string][]
  /** As it comes. */
  body: Readable
  /** The same, as the connection sees it: how much has come, and whether that is all. */
  received: ResponseBody
  /** As it was requested: may hold secrets. */
  finalUrl: string
  /** Origins and paths of the redirects that were followed, fit to be shown. */
  redirects: string[]
  /** Up to now. */
  timing: () => Timing
  /** An error met while the body is read, in words for people, without secrets. */
  explain: (error: unknown) => Refusal
}

export type RawOutcome = RawResponse | NoResponse

/** Sends one request under the policy in force. What goes wrong on the network is an outcome, never an exception. */
export async function sendRaw(
  request: OutboundRequest,
  options: RawSendOptions,
  network: Network = currentNetwork(),
): Promise<RawOutcome> {
  const url = checkRequest(request)
  const permitted = url.ok && options.allowedOrigin ? checkOrigin(url.value, options.allowedOrigin) : url
  if (permitted.ok) return run(new Exchange(permitted.value, options, network), request)
  const error = withoutSecrets(permitted.error, options)
  return { ok: false, error, delivery: 'not_sent', timing: new Trace().timing() }
}

async function run(exchange: Exchange, request: OutboundRequest): Promise<RawOutcome> {
  const failed = (error: Refusal, delivery: Delivery): NoResponse => {
    exchange.finish()
    return { ok: false, error: withoutSecrets(error, exchange.options), delivery, timing: exchange.trace.timing() }
  }
  try {
    const { method, headers, body } = request
    const hop: Hop = { method, url: exchange.current, headers, body }
    const found = await traces.run(exchange.trace, () => answerTo(exchange, hop))
    return found.ok ? answered(exchange, found.value) : failed(found.error, exchange.delivery)
  } catch (error) {
    if (error instanceof Withheld) return failed(error.refusal, 'withheld')
    return failed(exchange.explain(error), exchange.delivery)
  }
}

function answered(exchange: Exchange, { status, headers, body }: HopResponse): RawResponse {
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
    explain: (error) => withoutSecrets(exchange.explain(error), exchange.options),
  }
}

async function answerTo(exchange: Exchange, hop: Hop): Promise<Result<HopResponse>> {
  exchange.current = hop.url
  const response = await exchange.request(hop)
  exchange.trace.answered()
  const location = exchange.options.followRedirects === false ? null : redirectTarget(response.status, response.headers)
  if (location === null) return { ok: true, value: response }
  response.body.on('error', () => {}).destroy()
  return follow(exchange, hop, response.status, location)
}

async function follow(exchange: Exchange, hop: Hop, status: number, location: string): Promise<Result<HopResponse>> {
  if (exchange.redirects.length >= mostRedirects) {
    return refuse(
      'too_many_redirects',
      `${hop.url.host} keeps redirecting: after ${mostRedirects} redirects there was still no answer. Check the URL.`,
    )
  }
  const next = nextHop(hop, status, location, exchange.rules)
  if (!next.ok) return next
  const { url } = next.value
  // A client certificate is a credential too: it stays with the origin it was meant for.
  if (url.origin !== hop.url.origin) exchange.tls = { caPem: exchange.tls.caPem }
  exchange.redirects.push(createRedactor({ secrets: exchange.options.secrets }).text(url.origin + url.pathname))
  exchange.trace.again()
  return answerTo(exchange, next.value)
}

function withoutSecrets(error: Refusal, { secrets }: RawSendOptions): Refusal {
  return { ...error, message: createRedactor({ secrets }).text(error.message) }
}
