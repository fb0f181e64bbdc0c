import { z } from 'zod'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import type { OutboundAnswer } from '@/lib/domain/http-messages'
import { countRecords } from '@/lib/domain/answers/json-path'
import { createRedactor } from '@/lib/domain/redaction'
import { shownRequest } from '@/lib/domain/requests/shown-request'
import type { SendOutcome } from '@/lib/platform/http/send'
import type { Sent } from './send-with-token'

type Answered = Extract<SendOutcome, { ok: true }>

const headers = z.array(z.tuple([z.string(), z.string()]))

/** One request and its answer as a person may see them: all secrets removed. */
export const exchangeReport = z.strictObject({
  request: z.strictObject({ method: z.string(), url: z.string(), headers, body: z.string().nullable() }),
  response: z.strictObject({
    status: z.int(),
    headers,
    body: z.string(),
    bytes: z.int(),
    truncated: z.boolean(),
    isJson: z.boolean(),
    /** What the endpoint's data path finds; null where it finds nothing or has none. */
    recordCount: z.int().nullable(),
  }),
  redirects: z.array(z.string()),
  /** In milliseconds; null where a part was not reached, or not needed. */
  timing: z.strictObject({
    dnsMs: z.number().nullable(),
    connectMs: z.number().nullable(),
    tlsMs: z.number().nullable(),
    firstByteMs: z.number().nullable(),
    totalMs: z.number(),
  }),
  attempts: z.int(),
  /** For its turn under the limits of the instance. */
  waitedMs: z.number(),
  correlationId: z.string(),
})
export type ExchangeReport = z.infer<typeof exchangeReport>

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
