import type { EndpointDefinition, OutboundAnswer } from '@/lib/domain/definitions'
import { countRecords } from '@/lib/domain/answers/json-path'
import { createRedactor } from '@/lib/domain/redaction'
import { shownRequest } from '@/lib/domain/requests/shown-request'
import type { SendOutcome } from '@/lib/platform/http/send'
import type { Sent } from './send-with-token'

type Headers = [name: string, value: string][]
type Answered = Extract<SendOutcome, { ok: true }>

/** One request and its answer as a person may see them: all secrets removed. */
export type ExchangeReport = {
  request: { method: string; url: string; headers: Headers; body: string | null }
  response: {
    status: number
    headers: Headers
    body: string
    bytes: number
    truncated: boolean
    isJson: boolean
    /** What the endpoint's data path finds; null where it finds nothing or has none. */
    recordCount: number | null
  }
  redirects: string[]
  timing: Answered['timing']
  attempts: number
  /** For its turn under the limits of the instance. */
  waitedMs: number
  correlationId: string
}

/** What a screen takes without trouble; the whole answer was read and counted. */
const longestBody = 1_000_000

/** What a person sees of a request that was answered. */
export function reportExchange(
  sent: Sent,
  outcome: Answered,
  endpoint: Pick<EndpointDefinition, 'dataPath'>,
  correlationId: string,
): ExchangeReport {
  const { credentialNames } = sent.built
  const request = shownRequest(sent.built)
  const redactor = createRedactor({
    secrets: sent.secrets,
    fieldNames: [...credentialNames.headers, ...credentialNames.queryKeys],
  })
  const requestBody = request.body === null ? null : textOf(request.body)
  return {
    request: {
      method: request.method,
      url: redactor.url(request.url),
      headers: redactor.headers(request.headers),
      body: requestBody === null ? null : redactor.body(requestBody),
    },
    response: { ...readAnswer(outcome.answer, endpoint.dataPath, redactor) },
    redirects: outcome.redirects,
    timing: outcome.timing,
    attempts: sent.attempts,
    waitedMs: sent.waitedMs,
    correlationId,
  }
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
