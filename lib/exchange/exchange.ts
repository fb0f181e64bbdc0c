import 'server-only'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { matchesOrigin } from '@/lib/domain/urls/allowed-hosts'
import { shownRequest } from '@/lib/domain/requests/shown-request'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import type { Refusal } from '@/lib/domain/result'
import { readWhole, type SendOutcome } from '@/lib/platform/http/send'
import type { RawSendOptions } from '@/lib/platform/http/send-options'
import { sendRaw, type RawOutcome } from '@/lib/platform/http/send-raw'
import type { LoggedResponse } from '@/lib/request-log/entry'
import { windowOf } from '@/lib/request-log/logged-body'
import { flushRequestLog, recordRequest } from '@/lib/request-log/record'
import type { Credentials } from '@/lib/credentials/credentials'
import type { RequestContext } from './request-context'

/** Build → send → interpret: this is the middle, the same for every purpose, with its line in the request log. */

export type ExchangeOptions = Pick<
  RawSendOptions,
  'timeoutMs' | 'signal' | 'followRedirects' | 'maxResponseBytes' | 'clearance'
>

/** What holds tokens is small; more is no token answer. */
export const longestTokenResponse = 1024 * 1024

type Learned = {
  /** What the log shows in place of the answer. */
  response?: OutboundResponse
  /** The answer could not be read. */
  error?: Refusal
}

export type RawExchanged = {
  outcome: RawOutcome
  /** Once the answer is over, or there is none. */
  log: (learned?: Learned) => void
}

/**
 * Sends, and hands back the answer as it comes, and how to log it. The book of secrets is the request's: those of the
 * credentials are added here. The reader of the answer adds those that it finds there, before the line is logged.
 */
export async function exchangeRaw(
  credentials: Credentials,
  built: BuiltRequest,
  context: RequestContext,
  options: ExchangeOptions,
): Promise<RawExchanged> {
  const { secrets } = built
  secrets.addAll(credentials.secrets)
  const outcome = await sendRaw(built.request, {
    ...{ ...options, secrets, tls: credentials.tls, credentialNames: built.credentialNames },
    allowedOrigin: firstHop(built.request.url, credentials.confirmedOrigins),
    sampleBytes: windowOf(secrets),
  })
  return { outcome, log: (learned = {}) => logExchange(built, context, outcome, learned) }
}

export type Exchanged = {
  outcome: SendOutcome
  /** The line is in the log when this settles. */
  log: (learned?: Learned) => Promise<void>
}

/** The same with an answer that has been read: for what a person waits for, or a token. */
export async function exchange<Value>(
  credentials: Credentials,
  built: BuiltRequest,
  context: RequestContext,
  options: ExchangeOptions,
  use: (exchanged: Exchanged) => Promise<Value>,
): Promise<Value> {
  return read(await exchangeRaw(credentials, built, context, options), options.maxResponseBytes, use)
}

/** @param use afterwards the memory of the answer is free for others */
export async function read<Value>(
  raw: RawExchanged,
  maxResponseBytes: number | undefined,
  use: (exchanged: Exchanged) => Promise<Value>,
): Promise<Value> {
  const log = (outcome: SendOutcome, learned: Learned = {}) => {
    raw.log(outcome.ok ? learned : { ...learned, error: outcome.error })
    return flushRequestLog()
  }
  return readWhole(
    raw.outcome,
    (outcome) => use({ outcome, log: (learned) => log(outcome, learned) }),
    maxResponseBytes,
  )
}

/** Where credentials go is the connector's business (rule R14); a redirect elsewhere is followed without them. */
function firstHop(url: string, confirmedOrigins: string[]) {
  const { origin } = new URL(url)
  return (target: URL) => target.origin !== origin || matchesOrigin(target.href, confirmedOrigins)
}

function logExchange(built: BuiltRequest, context: RequestContext, outcome: RawOutcome, learned: Learned): void {
  // Refused by its own check: no request, so no line.
  if (!outcome.ok && outcome.delivery === 'withheld') return
  recordRequest({
    ...context,
    request: shownRequest(built),
    credentialNames: built.credentialNames,
    secrets: built.secrets,
    ...(outcome.ok ? loggedResponse(outcome, learned) : { response: null, error: outcome.error }),
    durationMs: outcome.ok ? outcome.timing().totalMs : outcome.timing.totalMs,
  })
}

/** An answer that broke off is a failure, as if none had come. */
function loggedResponse(
  { status, headers, received, explain }: Extract<RawOutcome, { ok: true }>,
  { response, error = received.errored ? explain(received.errored) : undefined }: Learned,
): { response: LoggedResponse | null; error: Refusal | null } {
  if (error) return { response: null, error }
  return { response: response ?? { status, headers, body: received.sample, startOf: received.bytes }, error: null }
}
