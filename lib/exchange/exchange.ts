import 'server-only'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { matchesOrigin } from '@/lib/domain/urls/allowed-hosts'
import { shownRequest } from '@/lib/domain/requests/shown-request'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import type { Refusal } from '@/lib/domain/result'
import { readWhole, type SendOutcome } from '@/lib/platform/http/send'
import type { RawSendOptions } from '@/lib/platform/http/send-options'
import { sendRaw, type RawOutcome } from '@/lib/platform/http/send-raw'
import type { StreamedBody } from '@/lib/platform/http/streamed-body'
import type { LoggedRequest, LoggedResponse } from '@/lib/request-log/entry'
import { windowOf } from '@/lib/request-log/logged-body'
import { flushRequestLog, recordRequest } from '@/lib/request-log/record'
import { checkEnabled, enabledUnchecked } from '@/lib/health/check-enabled'
import type { Credentials } from '@/lib/credentials/credentials'
import type { RequestContext } from './request-context'

/**
 * The middle step of build → send → interpret. It is the same for every purpose, and writes the line of the request
 * log.
 */

export type ExchangeOptions = Pick<
  RawSendOptions,
  'timeoutMs' | 'streams' | 'body' | 'signal' | 'followRedirects' | 'maxResponseBytes'
> & {
  /**
   * The check directly before the request is sent. Default: that neither the instance nor its connector is disabled,
   * which the check of a call includes.
   */
  clearance?: RawSendOptions['clearance'] | typeof enabledUnchecked
}

/** Token responses are small. A larger response is not one. */
export const longestTokenResponse = 1024 * 1024

function senderOf({ workspaceId, connector, instance }: Credentials) {
  return { workspaceId, connectorId: connector.id, instanceId: instance?.id ?? null }
}

type Reading = {
  /** What the log shows instead of the response. */
  response?: OutboundResponse
  /** Why the response could not be read. */
  error?: Refusal
}

export type RawExchanged = {
  outcome: RawOutcome
  /** Called when the response has ended, or if there is none. */
  log: (reading?: Reading) => void
}

/**
 * Sends a request and returns the response as it arrives, with a function that logs it. Adds the secrets of the
 * credentials to the request's secret book. The reader of the response adds the secrets that it finds, before the line
 * is logged.
 */
export async function exchangeRaw(
  credentials: Credentials,
  built: BuiltRequest,
  context: RequestContext,
  options: ExchangeOptions,
): Promise<RawExchanged> {
  const { secrets } = built
  secrets.addAll(credentials.secrets)
  const { clearance = () => checkEnabled(senderOf(credentials)), ...sending } = options
  const sampleBytes = windowOf(secrets)
  if (options.body) options.body.sampleBytes = sampleBytes
  const outcome = await sendRaw(built.request, {
    ...{ ...sending, secrets, tls: credentials.tls, credentialNames: built.credentialNames },
    ...(clearance !== enabledUnchecked && { clearance }),
    allowedOrigin: firstHop(built.request.url, credentials.confirmedOrigins),
    sampleBytes,
  })
  return { outcome, log: (reading = {}) => logExchange(built, context, outcome, { ...reading, sent: options.body }) }
}

export type Exchanged = {
  outcome: SendOutcome
  /** The line is in the log when the promise settles. */
  log: (reading?: Reading) => Promise<void>
}

/** Like `exchangeRaw`, but reads the response first. For requests that a person waits for, and for tokens. */
export async function exchange<Value>(
  credentials: Credentials,
  built: BuiltRequest,
  context: RequestContext,
  options: ExchangeOptions,
  use: (exchanged: Exchanged) => Promise<Value>,
): Promise<Value> {
  return read(await exchangeRaw(credentials, built, context, options), options.maxResponseBytes, use)
}

/** @param use the memory of the response is released when it has finished */
export async function read<Value>(
  raw: RawExchanged,
  maxResponseBytes: number | undefined,
  use: (exchanged: Exchanged) => Promise<Value>,
): Promise<Value> {
  const log = (outcome: SendOutcome, reading: Reading = {}) => {
    raw.log(outcome.ok ? reading : { ...reading, error: outcome.error })
    return flushRequestLog()
  }
  return readWhole(
    raw.outcome,
    (outcome) => use({ outcome, log: (reading) => log(outcome, reading) }),
    maxResponseBytes,
  )
}

/**
 * The connector decides which hosts receive credentials (rule R14). A redirect to another host is followed without
 * them.
 */
function firstHop(url: string, confirmedOrigins: string[]) {
  const { origin } = new URL(url)
  return (target: URL) => target.origin !== origin || matchesOrigin(target.href, confirmedOrigins)
}

function logExchange(
  built: BuiltRequest,
  context: RequestContext,
  outcome: RawOutcome,
  { sent, ...reading }: Reading & { sent?: StreamedBody },
): void {
  // The check before sending refused it: without a request there is no line.
  if (!outcome.ok && outcome.delivery === 'withheld') return
  recordRequest({
    ...context,
    request: loggedRequest(built, sent),
    credentialNames: built.credentialNames,
    secrets: built.secrets,
    ...(outcome.ok ? loggedResponse(outcome, reading) : { response: null, error: outcome.error }),
    durationMs: outcome.ok ? outcome.timing().totalMs : outcome.timing.totalMs,
  })
}

/** Of a streamed body, the first bytes are logged. */
function loggedRequest(built: BuiltRequest, sent: StreamedBody | undefined): LoggedRequest {
  const shown = shownRequest(built)
  return sent === undefined ? shown : { ...shown, body: sent.sample, startOf: sent.bytes }
}

/** A response that ended with an error is logged as a failure, like no response. */
function loggedResponse(
  { status, headers, received, explain }: Extract<RawOutcome, { ok: true }>,
  { response, error = received.errored ? explain(received.errored) : undefined }: Reading,
): { response: LoggedResponse | null; error: Refusal | null } {
  if (error) return { response: null, error }
  return { response: response ?? { status, headers, body: received.sample, startOf: received.bytes }, error: null }
}
