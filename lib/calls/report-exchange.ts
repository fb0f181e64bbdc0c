import 'server-only'
import type { OutboundAnswer } from '@/lib/domain/http-messages'
import { countRecords } from '@/lib/domain/answers/json-path'
import { createRedactor } from '@/lib/domain/redaction'
import { shownRequest } from '@/lib/domain/requests/shown-request'
import { succeed, type Result } from '@/lib/domain/result'
import { readSent } from './send-with-token'
import type { EndpointResponse } from './call-endpoint'
import type { ExchangeReport } from './exchange-report'

/** What a screen takes without trouble; the whole answer was read and counted. */
const longestBody = 1_000_000

/**
 * What a person sees of a call that was made with `readsWhole`: its answer is read to the end, shortened, and all
 * secrets are removed from it.
 */
export async function reportExchange(response: EndpointResponse): Promise<Result<ExchangeReport>> {
  const { sent, attempts, waitedMs, correlationId } = response
  const outcome = await readSent(sent)
  if (!outcome.ok) return { ok: false, error: outcome.error }
  const { credentialNames, secrets } = sent.built
  const request = shownRequest(sent.built)
  const redactor = createRedactor({
    secrets,
    fieldNames: [...credentialNames.headers, ...credentialNames.queryKeys],
  })
  const requestBody = request.body === null ? null : textOf(request.body)
  return succeed({
    request: {
      method: request.method,
      url: redactor.url(request.url),
      headers: redactor.headers(request.headers),
      body: requestBody === null ? null : redactor.body(requestBody),
    },
    response: readAnswer(outcome.answer, sent.from.plan.endpoint.dataPath, redactor),
    redirects: outcome.redirects,
    timing: outcome.timing,
    attempts,
    waitedMs,
    correlationId,
  })
}

function textOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body)
}

function readAnswer(
  answer: OutboundAnswer,
  dataPath: string,
  redactor: ReturnType<typeof createRedactor>,
): ExchangeReport['response'] {
  const text = textOf(answer.body)
  const json = parseJson(text)
  return {
    status: answer.status,
    headers: redactor.headers(answer.headers),
    body: redactor.body(text).slice(0, longestBody),
    bytes: answer.body.byteLength,
    truncated: text.length > longestBody,
    isJson: json !== undefined,
    recordCount: json === undefined ? null : countRecords(json, dataPath),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
