import 'server-only'
import type { OutboundAnswer } from '@/lib/domain/http-messages'
import { matchesOrigin } from '@/lib/domain/urls/allowed-hosts'
import { shownRequest } from '@/lib/domain/requests/shown-request'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { send, type SendOutcome } from '@/lib/platform/http/send'
import { recordRequest } from '@/lib/request-log/record'
import type { Credentials } from '@/lib/credentials/credentials'
import type { RequestContext } from './request-context'

/** Build → send → interpret: this is the middle, the same for every purpose, with its line in the request log. */

export type Exchanged = {
  outcome: SendOutcome
  log: (more?: { secrets?: string[]; answer?: OutboundAnswer }) => Promise<void>
}

type ExchangeOptions = { timeoutMs: number; signal?: AbortSignal; followRedirects?: boolean; maxAnswerBytes?: number }

/** What holds tokens is small; more is no token answer. */
export const longestTokenAnswer = 1024 * 1024

/** Sends, and hands back how to log it: an answer may bring secrets that are only known once it has been read. */
export async function exchange(
  credentials: Credentials,
  built: BuiltRequest,
  context: RequestContext,
  options: ExchangeOptions,
): Promise<Exchanged> {
  const secrets = [...credentials.secrets, ...built.secrets]
  const outcome = await send(built.request, {
    ...{ ...options, secrets, tls: credentials.tls, credentialNames: built.credentialNames },
    allowedOrigin: firstHop(built.request.url, credentials.confirmedOrigins),
  })
  return {
    outcome,
    log: (more = {}) => logExchange(built, context, outcome, [...secrets, ...(more.secrets ?? [])], more.answer),
  }
}

/** Where credentials go is the connector's business (rule R14); a redirect elsewhere is followed without them. */
function firstHop(url: string, confirmedOrigins: string[]) {
  const { origin } = new URL(url)
  return (target: URL) => target.origin !== origin || matchesOrigin(target.href, confirmedOrigins)
}

async function logExchange(
  built: BuiltRequest,
  context: RequestContext,
  outcome: SendOutcome,
  secrets: string[],
  shown?: OutboundAnswer,
): Promise<void> {
  await recordRequest({
    ...context,
    request: shownRequest(built),
    credentialNames: built.credentialNames,
    secrets,
    answer: outcome.ok ? (shown ?? outcome.answer) : null,
    error: outcome.ok ? null : outcome.error,
    durationMs: outcome.timing.totalMs ?? 0,
  })
}
